import type { Hono } from 'hono';
import { toOpenApi } from '../openapi.ts';
import type { PagePorts } from '../ports.ts';
import type { Variables } from '../shell.tsx';

/** `/openapi.json`: what programs may ask for, written from the rows of the pages. */
export function addOpenApi(app: Hono<{ Variables: Variables }>, { list, origin }: PagePorts): void {
  app.get('/openapi.json', async (context) => {
    // The pages name this file's neighbours: loaded when it is asked for, so that neither has to be there first.
    const { PAGES } = await import('../pages.ts');
    return context.json(toOpenApi(PAGES, { list, origin }));
  });
}
