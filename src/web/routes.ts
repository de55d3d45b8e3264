import type { Hono } from 'hono';
import type { PagePorts } from './ports.ts';
import { addChecking } from './routes/check.tsx';
import { addCorrecting } from './routes/correct.ts';
import { addDigestFiles } from './routes/digest-files.ts';
import { addDraftFile } from './routes/draft-file.ts';
import { addLogin } from './routes/login.tsx';
import { addOpenApi } from './routes/openapi.ts';
import type { Sessions } from './sessions.ts';
import type { Variables } from './shell.tsx';

/** What is no page: forms that are sent, files that are loaded. They are tried before the pages. */
export const ROUTES: readonly ((app: Hono<{ Variables: Variables }>, ports: PagePorts, sessions: Sessions) => void)[] =
  [addDigestFiles, addDraftFile, addLogin, addCorrecting, addChecking, addOpenApi];
