import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { guard } from './guard.ts';
import { Memory } from './memory.ts';
import { NotThere } from './page.ts';
import { PAGES } from './pages.ts';
import type { PagePorts, WebPorts } from './ports.ts';
import { ROUTES } from './routes.ts';
import { COOKIE, Sessions } from './sessions.ts';
import { addSubscriptions } from './subscriptions.tsx';
import { answer, tellTrouble, type Variables } from './shell.tsx';

/** Assets carry their hash in the address: a browser may keep them for a year. */
const KEEP = 'public, max-age=31536000, immutable';

/** Nothing inline, nothing from elsewhere, no frame, no form that leads away. */
const POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * The whole web interface over one store: pages, their JSON, feeds. Pure but for its ports; `heddle serve` gives it a socket.
 */
export function buildApp(given: WebPorts): Hono<{ Variables: Variables }> {
  const app = new Hono<{ Variables: Variables }>();
  const ports: PagePorts = { ...given, memory: new Memory() };
  const sessions = new Sessions(ports.random);
  app.use(
    secureHeaders({
      contentSecurityPolicy: POLICY,
      // The embedded product speaks plain http on the own machine; a proxy that adds TLS adds this too.
      strictTransportSecurity: false,
      // Another site learns nothing; our own forms still tell where they come from.
      referrerPolicy: 'same-origin',
    }),
  );
  app.get('/assets/:name', (context) => {
    const asset = ports.assets.get(context.req.param('name'));
    if (asset === undefined) return context.notFound();
    return context.body(new Uint8Array(asset.body), 200, { 'content-type': asset.type, 'cache-control': KEEP });
  });
  app.use(async (context, next) => {
    context.set('session', sessions.find(getCookie(context, COOKIE), ports.clock.now()));
    await next();
  });
  // A link of a mail is opened by mail programs, without a session and from nowhere: its token is all that counts.
  addSubscriptions(app, ports);
  app.use(guard(ports));
  for (const add of ROUTES) add(app, ports, sessions);
  for (const page of PAGES) {
    for (const path of toPaths(page.path)) app.get(path, (context) => answer(context, page, ports));
  }
  app.notFound((context) => tellTrouble(context, ports, { status: 404, text: 'There is no such page.' }));
  app.onError((error, context) => {
    if (error instanceof NotThere) return tellTrouble(context, ports, { status: 404, text: error.message });
    ports.log.warn('page failed', { path: context.req.path, reason: error.message });
    return tellTrouble(context, ports, {
      status: 500,
      text: 'Something went wrong here; the operator finds it in the log.',
    });
  });
  return app;
}

/** A page is found as HTML and as `.json`; where the path ends in a name, the name takes the ending along. */
function toPaths(path: string): readonly string[] {
  if (path === '/') return ['/', '/today.json'];
  return /:\w+$/.test(path) ? [path] : [path, `${path}.json`];
}
