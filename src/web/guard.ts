import type { Context, MiddlewareHandler } from 'hono';
import { withQuery } from './links.ts';
import type { WebPorts } from './ports.ts';
import { isEqual } from './sessions.ts';
import { tellTrouble, wantsJson, type Variables } from './shell.tsx';

type Asked = Context<{ Variables: Variables }>;

/** The longest form that anybody may send. */
const LARGEST_FORM = 1_100_000;

/** Where nobody has to have logged in, even where reading is private. */
const OPEN = ['/login', '/assets/'];

/**
 * What is asked of every request before a page sees it: nobody reads a private server unknown, and a form comes from a page
 * of ours and is of a bearable length.
 */
export function guard(ports: WebPorts): MiddlewareHandler<{ Variables: Variables }> {
  return async (context, next) => {
    const { path } = context.req;
    const isOpen = OPEN.some((one) => path === one || (one.endsWith('/') && path.startsWith(one)));
    if (ports.access.reading === 'private' && context.get('session') === null && !isOpen)
      return wantsJson(context) || context.req.method !== 'GET'
        ? tellTrouble(context, ports, { status: 401, text: 'Log in first.' })
        : context.redirect(withQuery('/login', { next: path }));
    if (context.req.method === 'POST') {
      if (!isFromHere(context, ports))
        return tellTrouble(context, ports, { status: 403, text: 'This form was sent from another site.' });
      if (Number(context.req.header('content-length') ?? '0') > LARGEST_FORM)
        return tellTrouble(context, ports, { status: 413, text: 'That is too long: one megabyte at most.' });
    }
    return next();
  };
}

/** Browsers say where a form comes from; programs that say nothing hold no cookie that could be misused. */
function isFromHere(context: Asked, { origin }: WebPorts): boolean {
  const from = context.req.header('origin');
  if (from === undefined) {
    const site = context.req.header('sec-fetch-site');
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  if (origin !== '' && from === origin) return true;
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  return URL.canParse(from) && new URL(from).host === host;
}

/** Whether a form of somebody who has logged in holds the mark of their session. */
export function hasMark(context: Asked, form: Readonly<Record<string, unknown>>): boolean {
  const mark = context.get('session')?.mark;
  const given = form['mark'];
  return mark !== undefined && typeof given === 'string' && isEqual(mark, given);
}

/** The fields of a form, as text: a file is none. A field that came twice counts with its last value. */
export async function readForm(context: Asked): Promise<Readonly<Record<string, string>>> {
  const body = await context.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** Whose requests are counted together: the address of the client, or what the proxy in front says it is. */
export function clientOf(context: Asked, { behindProxy }: Pick<WebPorts, 'behindProxy'>): string {
  if (behindProxy === true) {
    const told = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    if (told !== undefined && told !== '') return told.slice(0, 100);
  }
  // What node's server hands on; a test has no socket.
  const env = context.env as
    { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? 'unknown';
}
