import type { Context } from 'hono';
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { writeSafeJsonLine } from '../lib/safe-json.ts';
import { Layout } from './layout.tsx';
import { maskData } from './mask.ts';
import type { AnyPage, Look } from './page.ts';
import type { PagePorts, WebPorts } from './ports.ts';
import type { Session } from './sessions.ts';

/** What the middleware hands on. */
export interface Variables {
  session: Session | null;
}

type Asked = Context<{ Variables: Variables }>;

/** Pages are made of mail that may be corrected any time: a browser asks again, a proxy keeps nothing of who is logged in. */
const FRESH = 'private, no-cache';

/** Answers with a page, or, where the reader asks for it, with the same as JSON. */
export async function answer(context: Asked, page: AnyPage, ports: PagePorts): Promise<Response> {
  const session = context.get('session');
  const params = Object.fromEntries(
    Object.entries(context.req.param() as Record<string, string>).map(([name, value]) => [
      name,
      value.replace(/\.json$/, ''),
    ]),
  );
  const whole = await page.load({ params, query: context.req.query(), user: session?.user ?? null }, ports);
  return show(context, page, { data: whole, ports });
}

/** Answers with a page whose data is at hand already. */
export function show(
  context: Asked,
  page: AnyPage,
  { data: whole, ports }: { readonly data: unknown; readonly ports: WebPorts },
): Response | Promise<Response> {
  const session = context.get('session');
  const path = context.req.path.replace(/\.json$/, '');
  const data = session === null ? maskData(whole) : whole;
  context.header('cache-control', FRESH);
  context.header('vary', 'accept, cookie');
  if (wantsJson(context))
    return context.body(writeSafeJsonLine(data), 200, { 'content-type': 'application/json; charset=utf-8' });
  const shown = page.view(data, toLook(context, ports));
  const search = new URL(context.req.url).search;
  return write(
    context,
    <Layout
      title={shown.title}
      list={ports.list}
      at={page.at}
      tags={toTags(ports)}
      words={shown.words ?? ''}
      json={`${path === '/' ? '/today' : path}.json${search}`}
      user={session?.user ?? null}
      mark={session?.mark ?? null}
      canLogIn={ports.access.password !== null}
      {...(shown.feed === undefined ? {} : { feed: shown.feed })}
    >
      {shown.body}
    </Layout>,
  );
}

/** A page that says in one line what went wrong. */
export function tellTrouble(
  context: Asked,
  ports: WebPorts,
  { status, text }: { readonly status: 400 | 401 | 403 | 404 | 413 | 429 | 500 | 503; readonly text: string },
): Response | Promise<Response> {
  if (wantsJson(context)) return context.json({ error: text }, status);
  return write(
    context,
    <Layout
      title={text}
      list={ports.list}
      at=""
      tags={toTags(ports)}
      user={context.get('session')?.user ?? null}
      mark={context.get('session')?.mark ?? null}
      canLogIn={ports.access.password !== null}
    >
      <h1>{text}</h1>
      <p>
        <a href="/threads">The threads</a>, or <a href="/">today</a>.
      </p>
    </Layout>,
    status,
  );
}

/** What views are given beside their data. */
export function toLook(context: Asked, ports: WebPorts): Look {
  const session = context.get('session');
  return { now: ports.clock.now().toISOString(), user: session?.user ?? null, mark: session?.mark ?? null };
}

/** The path ends in `.json`, or the reader prefers it to HTML in so many words. */
export function wantsJson(context: Asked): boolean {
  if (context.req.path.endsWith('.json')) return true;
  const accept = context.req.header('accept') ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

/** Versions of the assets. */
export function toTags({ assets }: Pick<WebPorts, 'assets'>): { readonly css: string; readonly js: string } {
  return { css: assets.get('style.css')?.tag ?? '', js: assets.get('page.js')?.tag ?? '' };
}

/** Controls, and the marks that turn the direction of text around or hide it: no page of ours has any. */
const LOUD =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * Writes a page out. Browsers lay one without its first line out as those of the last century were; and whatever of a mail a view
 * has shown as it came loses here what would turn the text around it.
 */
async function write(
  context: Asked,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status?: 400 | 401 | 403 | 404 | 413 | 429 | 500 | 503,
): Promise<Response> {
  const text = String(await html`<!doctype html>${page}`);
  return context.html(text.replace(LOUD, ''), status);
}
