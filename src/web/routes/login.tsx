import type { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { clientOf, hasMark, readForm } from '../guard.ts';
import { toPage, type AnyPage } from '../page.ts';
import { isPassword } from '../password.ts';
import type { PagePorts } from '../ports.ts';
import { RateLimit } from '../rate-limit.ts';
import { COOKIE, type Sessions } from '../sessions.ts';
import { show, tellTrouble, type Variables } from '../shell.tsx';

/** Guesses of one address. */
const GUESSES = { most: 10, whileMs: 15 * 60_000 };
const LONGEST = 1000;
const HOURS = 12;

interface LoginData {
  readonly possible: boolean;
  readonly failed: boolean;
  readonly next: string;
}

export const LOGIN: AnyPage = toPage<LoginData>({
  path: '/login',
  at: '',
  summary: 'The form by which the operator logs in',
  query: [{ name: 'next', description: 'path to go to then' }],
  load: ({ query }, { access }) =>
    Promise.resolve({ possible: access.password !== null, failed: false, next: toNext(query['next']) }),
  view: ({ possible, failed, next }) => ({
    title: 'Log in',
    body: (
      <section class="narrow">
        <h1>Log in</h1>
        {possible ? (
          <form method="post" action="/login" class="card">
            {failed ? (
              <p class="warn bad" role="alert">
                That is not the password.
              </p>
            ) : null}
            <input type="hidden" name="next" value={next} />
            <p>
              <label>
                Name, as corrections tell it
                <input name="user" required maxlength={100} autocomplete="username" />
              </label>
            </p>
            <p>
              <label>
                Password of the operator
                <input name="password" type="password" required maxlength={LONGEST} autocomplete="current-password" />
              </label>
            </p>
            <button class="main">Log in</button>
          </form>
        ) : (
          <p class="soft">Nobody can log in here: the operator has set no password.</p>
        )}
      </section>
    ),
  }),
});

/** `POST /login` and `POST /logout`; the form is a page. */
export function addLogin(app: Hono<{ Variables: Variables }>, ports: PagePorts, sessions: Sessions): void {
  const guesses = new RateLimit(GUESSES);
  app.post('/login', async (context) => {
    const { password: kept } = ports.access;
    const now = ports.clock.now();
    const wait = guesses.take(clientOf(context, ports), now);
    if (wait !== null) {
      context.header('retry-after', String(wait));
      return tellTrouble(context, ports, {
        status: 429,
        text: `Too many tries: wait ${Math.ceil(wait / 60)} minutes.`,
      });
    }
    const { user = '', password = '', next } = await readForm(context);
    const name = user.replace(/\p{C}/gu, '').trim().slice(0, 100);
    if (kept === null || name === '' || !(await isPassword(password.slice(0, LONGEST), kept))) {
      ports.log.warn('login refused', { address: clientOf(context, ports) });
      context.status(401);
      return show(context, LOGIN, { data: { possible: kept !== null, failed: true, next: toNext(next) }, ports });
    }
    sessions.end(getCookie(context, COOKIE));
    setCookie(context, COOKIE, sessions.begin(name, now), {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: HOURS * 3600,
      secure: ports.origin.startsWith('https:'),
    });
    return context.redirect(toNext(next), 303);
  });
  app.post('/logout', async (context) => {
    if (!hasMark(context, await readForm(context)))
      return tellTrouble(context, ports, { status: 403, text: 'This form is no longer good: load the page again.' });
    sessions.end(getCookie(context, COOKIE));
    deleteCookie(context, COOKIE, { path: '/' });
    return context.redirect('/', 303);
  });
}

/** A path of this server, and nothing that a browser would take for another host. */
function toNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[^\\\p{C}]{0,1000}$/u.test(next) ? next : '/';
}
