/**
 * Macros that define functions under other names than they show. `$1` is the macro's first argument; `ends` says what
 * stands behind the macro: a body in braces, or a semicolon (an empty line end counts as none).
 * Sources: include/linux/{syscalls,filter,seq_file,fs,device/driver}.h and arch/x86/include/asm/idtentry.h of Linux,
 * xen/include/xen/hypercall.h and the `DO()` of common/ in Xen, include/exec/helper-head.h of QEMU.
 */
interface GeneratedRow {
  readonly macro: RegExp;
  readonly ends: 'body' | 'semicolon';
  readonly names: readonly string[];
}

const GENERATED: readonly GeneratedRow[] = [
  { macro: /^SYSCALL_DEFINE[0-6x]$/, ends: 'body', names: ['sys_$1'] },
  { macro: /^COMPAT_SYSCALL_DEFINE[0-6x]$/, ends: 'body', names: ['compat_sys_$1'] },
  { macro: /^BPF_CALL_[0-6x]$/, ends: 'body', names: ['$1', '____$1'] },
  { macro: /^DO$/, ends: 'body', names: ['do_$1'] },
  { macro: /^HELPER$/, ends: 'body', names: ['helper_$1'] },
  { macro: /^DEFINE_(?:SHOW|PROC_SHOW)_ATTRIBUTE$/, ends: 'semicolon', names: ['$1_open'] },
  { macro: /^DEFINE_SEQ_ATTRIBUTE$/, ends: 'semicolon', names: ['$1_open'] },
  { macro: /^DEFINE_(?:SIMPLE|DEBUGFS)_ATTRIBUTE(?:_SIGNED)?$/, ends: 'semicolon', names: ['$1_open'] },
  { macro: /^(?:module|builtin)_(?:\w+_)?driver$/, ends: 'semicolon', names: ['$1_init', '$1_exit'] },
  { macro: /^(?:module|builtin)_(?:\w+_)?driver_probe$/, ends: 'semicolon', names: ['$1_init', '$1_exit'] },
  // Whatever else is all capitals and has a body is named by its first argument.
  { macro: /^[A-Z][A-Z0-9_]*$/, ends: 'body', names: ['$1'] },
];

const TYPE_WORD = /^(?:void|int|long|short|char|bool|unsigned|signed|struct|union|enum|const|static|if|while)$/;

/** The functions that a macro with this first argument defines; none where no row fits, or the argument is no name. */
export function generatedNames(macro: string, argument: string, ends: GeneratedRow['ends']): readonly string[] {
  const row = GENERATED.find((one) => one.ends === ends && one.macro.test(macro));
  if (!row || !/^[A-Za-z_]\w*$/.test(argument) || TYPE_WORD.test(argument)) return [];
  return row.names.map((name) => name.replace('$1', argument));
}

/**
 * The name under which a system call is kept: every architecture and every tracer adds words of its own in front
 * (`__x64_sys_read`, `__do_sys_read`, `SyS_read`). Other names come back as they are.
 */
export function plainSystemCall(name: string): string {
  const match =
    /^(?:__(?:x64|ia32|x32|arm64|riscv|s390x?|se|do)_|___?)(?<compat>compat_)?sys_(?<own>\w+)$/.exec(name) ??
    /^(?:compat_)?Sy(?:S|SC)_(?<own>\w+)$/.exec(name) ??
    /^SYSC_(?<own>\w+)$/.exec(name);
  const own = match?.groups?.['own'];
  if (own === undefined) return name;
  return `${match?.groups?.['compat'] === undefined && !name.startsWith('compat_') ? '' : 'compat_'}sys_${own}`;
}
