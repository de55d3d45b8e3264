/**
 * Functions that stand in nearly every call trace and say nothing about the bug: they report it, unwind the stack,
 * take locks, allocate or copy memory, or catch the trap. A culprit is looked for beneath them.
 *
 * The function names of the Linux rows are those that syzkaller leaves out of its titles (pkg/report/linux.go,
 * Apache-2.0), so that a title can be looked up there; the grouping is ours. Fragments are looked for anywhere in a
 * name; `^` and `$` tie them to its ends.
 */
interface Family {
  readonly family: string;
  readonly names: readonly string[];
}

const words = (list: string): readonly string[] => list.split(/\s+/).filter((word) => word !== '');

const LINUX: readonly Family[] = [
  {
    family: 'sanitizers',
    names: words(String.raw`
      __sanitizer __asan kasan hwasan __msan kmsan kcsan_setup_watchpoint check_memory_region
      check_heap_object check_object read_word_at_a_time (?:read|write)_once_.*nocheck
      print_address_description __fortify_report seqprop_assert
    `),
  },
  {
    family: 'reporting',
    names: words(String.raw`
      panic invalid_op report_bug fixup_bug print_report print_usage_bug do_error _trap$ do_trap
      show_stack unwind_backtrace dump_stack walk_stack dump_backtrace warn_slowpath warn_alloc warn_bogus __warn
      debug_object print_unlock imbalance_bug assertfail hex_dump_to_buffer print_hex_dump
      stack_trace_consume_entry arch_stack_walk stack_trace_save print_tainted ^get_taint$
      program_check_exception program_check_common perf_trace _indirect_thunk_
    `),
  },
  {
    family: 'arm64 exceptions',
    names: words(String.raw`do_(?:kernel|translation)_fault do_mem_abort el1_abort el1h_64_sync`),
  },
  {
    family: 'allocation',
    names: words(String.raw`
      alloc_page k?v?[mzc]alloc krealloc kmem_cache allocate_slab __alloc_frozen_pages_noprof
      folio_(?:alloc|unlock) filemap_alloc_folio __filemap_get_folio find_or_create_page
      do_read_cache_folio read_cache_page pagecache_get_page grab_cache_page_write_begin slab_ ^kv?free$
      kfree_skb ida_free xas_(?:start|load|find) find_lock_entries truncate_inode_pages_range __phys_addr
    `),
  },
  {
    family: 'locks',
    names: words(String.raw`
      lockdep bh_enable bh_disable lock_acquire lock_release lock_class mark_lock
      (?:reacquire|mark)_held_locks raw_spin_rq spin_lock spin_trylock spin_unlock read_lock read_trylock
      write_lock write_trylock read_unlock write_unlock ^down$ down_read down_write down_trylock up_read
      up_write ^mutex_ ^__mutex_ ^rt_mutex_ owner_on_cpu osq_lock osq_unlock
      (?:trace|lockdep)_(?:hard|soft)irq ^(?:un)?lock_page lock_timer_base
    `),
  },
  {
    family: 'atomics and counters',
    names: words(String.raw`
      atomic(?:64)?_(?:dec|inc|read|set|or|xor|and|add|sub|fetch|xchg|cmpxchg|try)
      (?:set|clear|change|test)_bit ^refcount_ ^kref_ ref_tracker cleanup_srcu_struct
    `),
  },
  {
    family: 'strings and memory',
    names: words(String.raw`
      memcpy memcmp memset memchr memmove memdup strcmp strncmp strcpy strlcpy strncpy strscpy strlen
      strstr strnstr strnlen strchr strdup strndup string pointer ^crc\d+ crc_itu_t
    `),
  },
  {
    family: 'user memory',
    names: words(String.raw`
      copy_to_user copy_from_user copy_to_iter copy_from_iter copy_page_to_iter copy_page_from_iter
      copy_folio_to_iter ^copyin$ ^copyout$ put_user get_user might_fault might_sleep __might_resched
      extract_(?:user|iter)_to_sg
    `),
  },
  {
    family: 'lists and trees',
    names: words(
      String.raw`list_add list_del list_replace list_move list_splice ^rb_ ^__rb_ ^klist_ rhashtable_lookup`,
    ),
  },
  {
    family: 'printing',
    names: words(String.raw`
      snprintf scnprintf kasprintf kvasprintf printk va_format dev_info dev_notice dev_warn dev_err
      dev_alert dev_crit dev_emerg
    `),
  },
  {
    family: 'timers and work',
    names: words(String.raw`
      timer_is_static_object work_is_static_object __wake_up del_timer flush_work __cancel_work_timer
      cancel_work_sync try_to_grab_pending drain_workqueue destroy_workqueue queue_work insert_work
      __queue_delayed_work queue_delayed_work_on finish_wait kthread_stop ^complete$ wait_for_completion
      __timer_delete_sync sk_stop_timer_sync __mod_timer
    `),
  },
  {
    family: 'driver core',
    names: words(String.raw`
      kobject_ add_uevent_var get_device_parent device_add device_del device_unregister device_destroy
      device_release devres_release_all hwrng_unregister i2c_del_adapter __unregister_client
      device_for_each_child rollback_registered unregister_netdev sysfs_remove device_remove_file
      tty_unregister_device ^put_device$
    `),
  },
  {
    family: 'USB requests',
    names: words(String.raw`
      dummy_urb_enqueue usb_kill_urb usb_kill_anchored_urbs usb_control_msg usb_hcd_submit_urb
      usb_submit_urb
    `),
  },
  {
    family: 'device registers',
    names: words(String.raw`read[bwlq]$ write[bwlq]$ logic_in logic_out`),
  },
  {
    family: 'inodes and dentries',
    names: words(String.raw`^iput$ ^iput_final$ ^ihold$ drop_nlink fast_dput dput`),
  },
];

/** Machinery of a Xen hypervisor dump (arch/x86/traps.c, common/ubsan/, common/bug.c). */
const XEN: readonly Family[] = [
  {
    family: 'reporting',
    names: words(String.raw`
      ubsan show_execution_state show_registers show_stack show_call_trace dump_execution_state
      run_in_exception_handler ^panic$ do_bug_frame do_invalid_op do_trap fatal_trap nmi_watchdog_tick
      do_nmi handle_exception ^handle_ist_exception do_page_fault do_general_protection double_fault
      __domain_crash ^domain_crash machine_halt machine_restart arm.*entry_|^do_unexpected_trap
    `),
  },
  {
    family: 'locks',
    names: words(String.raw`^_?spin_lock ^_?spin_unlock ^_?read_lock ^_?write_lock rspin_lock ^check_lock$`),
  },
  {
    family: 'allocation',
    names: words(String.raw`^_?xv?[mz]alloc ^_?xv?free$ ^(?:alloc|free)_(?:heap|xenheap|domheap)_pages?$ ^xmem_pool_`),
  },
  { family: 'waiting', names: words(String.raw`^_*u?delay(?:_tsc)?$ ^process_pending_softirqs$ ^cpu_relax$`) },
  { family: 'guest memory', names: words(String.raw`^_*copy_(?:to|from)_(?:user|guest)`) },
  { family: 'strings and memory', names: words(String.raw`^mem(?:cpy|set|move|cmp|chr) ^str(?:cmp|len|cpy|lcpy|chr)`) },
];

const TABLES = { linux: toPattern(LINUX), xen: toPattern(XEN) } as const;

/** Names longer than this are noise; nobody's pattern has to look at them. */
const MAX_NAME = 200;

function toPattern(families: readonly Family[]): RegExp {
  return new RegExp(families.flatMap((family) => family.names).join('|'));
}

/** Whether a function says nothing about the bug in a call trace of that project. */
export function isMachinery(name: string, project: keyof typeof TABLES = 'linux'): boolean {
  return TABLES[project].test(name.slice(0, MAX_NAME));
}

export { toPlainName } from '../../model/plain-name.ts';
