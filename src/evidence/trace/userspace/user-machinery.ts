import type { Frame } from '../../../model/evidence.ts';

/** What ends a program or runs underneath it: raising the signal, the allocator, string functions, the start. */
const NAMES =
  /^(?:(?:__)?(?:GI_)?_{0,2}(?:raise|abort|kill|pthread_kill|libc_message|libc_fatal|assert|assert_fail|assert_perror_fail|fortify_fail|chk_fail|stack_chk_fail|libc_start_main|libc_start_call_main|malloc_assert)\b.*|__pthread_kill_\w+|__libc_\w+|__fortify_\w+|malloc_\w+|_int_\w+|__malloc\w*|__free|free|realloc|calloc|malloc|cfree|sysmalloc|munmap_chunk|unlink_chunk\.?\w*|tcache_\w+|__?(?:str|mem|wcs)\w+|str\w+|mem(?:cpy|set|move|cmp|chr)\w*|g_(?:assertion_message\w*|log\w*|malloc\w*|free|realloc\w*|abort)|error_(?:setg|handle)\w*|_?start|clone3?|start_thread|__clone\w*|__interceptor_\w+|__asan_\w+|__sanitizer\w*|(?:Stdlib|Pervasives|Printexc)\.[\w.]+|caml_(?:alloc|fatal|raise|main|start_program|callback)\w*|<signal handler called>)$/;

/** Sources of the C library as its debug information names them. */
const LIBC_SOURCE =
  /(?:^|\/)(?:sysdeps|nptl|csu|stdlib|malloc|libio|posix|string|assert|debug|elf|setjmp|stdio-common)\/[\w.-]+(?:\/[\w.-]+){0,6}:\d+$/;
const LIBC_OBJECT = /^(?:libc|libpthread|ld-linux[\w-]*|ld-musl[\w-]*|vgpreload_\w+-[\w-]+|libasan|libglib-2)[.-]/;

/** Whether a frame says nothing about the bug: the C library, the allocator, what raises the signal. */
export function isUserMachinery(name: string, frame?: Frame): boolean {
  if (NAMES.test(name.slice(0, 200))) return true;
  const location = frame?.location ?? '';
  return (/^\.{1,2}\//.test(location) && LIBC_SOURCE.test(location)) || LIBC_OBJECT.test(frame?.module ?? '');
}
