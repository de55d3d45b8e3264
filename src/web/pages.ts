import type { AnyPage } from './page.ts';
import { DIGEST, DIGESTS } from './pages/digests.tsx';
import { HEALTH } from './pages/health.tsx';
import { PERSON } from './pages/person.tsx';
import { SECTION, SECTIONS } from './pages/sections.tsx';
import { THREADS } from './pages/threads.tsx';
import { THREAD } from './pages/thread.tsx';
import { TODAY } from './pages/today.tsx';
import { CHECK } from './routes/check.tsx';
import { LOGIN } from './routes/login.tsx';

/** Every page, in the order in which their paths are tried. */
export const PAGES: readonly AnyPage[] = [
  TODAY,
  THREADS,
  THREAD,
  SECTIONS,
  SECTION,
  PERSON,
  DIGESTS,
  DIGEST,
  CHECK,
  HEALTH,
  LOGIN,
];
