import type { AnyPage } from './page.ts';
import { THREADS } from './pages/threads.tsx';
import { THREAD } from './pages/thread.tsx';

/** Every page, in the order in which their paths are tried. */
export const PAGES: readonly AnyPage[] = [THREADS, THREAD];
