import type { Child, FC } from 'hono/jsx';

/** The pages that are named at the top of each, in order. */
const MAIN = [
  ['/', 'Today'],
  ['/threads', 'Threads'],
  ['/sections', 'Sections'],
  ['/digests', 'Digests'],
  ['/check', 'Check'],
  ['/health', 'Health'],
] as const;

export interface LayoutProps {
  readonly title: string;
  readonly list: string;
  /** Path of the entry of the main navigation that this page belongs to. */
  readonly at: string;
  /** Versions of the assets, so that a browser may keep them for ever. */
  readonly tags: { readonly css: string; readonly js: string };
  /** What stands in the search field. */
  readonly words?: string;
  /** Address of an Atom feed, where the page has one. */
  readonly feed?: string;
  /** Address of the same page as JSON. */
  readonly json?: string;
  readonly user: string | null;
  /** Of the session, for the form that ends it. */
  readonly mark?: string | null;
  /** Whether there is anybody who could. */
  readonly canLogIn?: boolean;
  readonly children?: Child;
}

/** The frame of every page: no inline script or style, nothing from another host. */
export const Layout: FC<LayoutProps> = (props) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${props.title} · ${props.list}`}</title>
      <link rel="stylesheet" href={`/assets/style.css?v=${props.tags.css}`} />
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      {props.feed === undefined ? null : <link rel="alternate" type="application/atom+xml" href={props.feed} />}
      {props.json === undefined ? null : <link rel="alternate" type="application/json" href={props.json} />}
      <script src={`/assets/page.js?v=${props.tags.js}`} defer></script>
    </head>
    <body>
      <a class="skip" href="#main">
        To the content
      </a>
      <header class="top">
        <div class="bar">
          <a class="brand" href="/">
            heddle<small>{props.list}</small>
          </a>
          <nav class="main" aria-label="Main">
            {MAIN.map(([path, name]) => (
              <a href={path} {...(path === props.at ? { 'aria-current': 'page' } : {})}>
                {name}
              </a>
            ))}
          </nav>
          <form class="find" action="/threads" method="get" role="search">
            <input
              type="search"
              name="q"
              value={props.words ?? ''}
              placeholder="words, a function, a message-id"
              aria-label="Search the mail"
              maxlength={300}
            />
            <button>Search</button>
          </form>
        </div>
      </header>
      <main id="main">{props.children}</main>
      <End {...props} />
    </body>
  </html>
);

const End: FC<LayoutProps> = (props) => (
  <footer class="end">
    Drawn from mail by heddle; it may be wrong: the mails it names are the truth.
    {props.json === undefined ? null : (
      <>
        {' '}
        <a href={props.json}>JSON</a>
      </>
    )}
    {props.feed === undefined ? null : (
      <>
        {' · '}
        <a href={props.feed}>Atom</a>
      </>
    )}
    {props.user !== null ? (
      <>
        {` · logged in: ${props.user} `}
        <form class="inline" method="post" action="/logout">
          <input type="hidden" name="mark" value={props.mark ?? ''} />
          <button class="small">Log out</button>
        </form>
      </>
    ) : props.canLogIn === true ? (
      <>
        {' · '}
        <a href="/login">Log in</a>
      </>
    ) : null}
    {' · keys: '}
    <kbd>j</kbd> <kbd>k</kbd> move, <kbd>/</kbd> search, <kbd>n</kbd> <kbd>p</kbd> pages, <kbd>u</kbd> up
  </footer>
);
