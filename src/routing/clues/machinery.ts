/**
 * Functions that stand in traces of every kind and point at nobody: they report, schedule, enter and leave the kernel
 * or the hypervisor. Source: the domain guide, 4.7, item 2.
 */
const NAMES: readonly RegExp[] = [
  /^(?:panic|_*die(?:_\w+)?|page_fault_oops|kernelmode_fixup_or_oops|oops_end|no_context|printk|_printk|vprintk\w*|dump_stack\w*|show_\w+|report_bug|fatal_trap|do_trap|do_error_trap)$/,
  /^_*(?:warn|bug|bad_area|handle_exception|assert_failed|exc_|asm_exc_|asm_sysvec_|sysvec_|asm_common_interrupt|common_interrupt)/,
  /^(?:entry_SYSCALL|do_syscall|x64_sys_call|ret_from_|syscall_|el0|el1|invoke_syscall|call_on_stack|__do_kernel_fault|do_mem_abort)/,
  /^(?:kthread\w*|worker_thread|process_\w+_works?|process_one_work|rescuer_thread|do_idle|cpu_startup_entry|start_secondary|secondary_startup_64\w*|rest_init|start_kernel|cpuidle_idle_call|default_idle\w*|arch_cpu_idle|cpu_idle\w*)$/,
  /^(?:idle_loop|guest_idle_loop|do_softirq\w*|__do_softirq|invoke_softirq|irq_exit\w*|__irq_exit\w*|lstar_enter|pv_hypercall|hvm_hypercall|svm_\w*exit\w*|vmx_vmexit_handler|vmx_asm_vmexit_handler|hypercall_\w+|do_IRQ|do_nmi|smp_\w+_interrupt|call_function_\w+)$/,
  /^(?:__?schedule|schedule|schedule_timeout\w*|io_schedule\w*|schedule_\w+|preempt_schedule\w*|wait_for_c\w+|__wait_\w+|do_wait_for_common|finish_wait|prepare_to_wait\w*|wait_woken)$/,
  /^_*(?:mutex_|rwsem_|down_|up_|raw_spin_|spin_|queued_spin|native_queued|__raw_callee_save|rt_mutex|rcu_|srcu_|lock_|mark_lock|percpu_|osq_)/,
  /^(?:page_fault|do_page_fault|__do_page_fault|exc_page_fault|do_user_addr_fault|general_protection|do_general_protection|invalid_op|do_invalid_op|nmi|end_repeat_nmi|handle_\w*irq\w*|generic_handle_\w+|__handle_\w*irq\w*|xen_evtchn_do_upcall|__?xen_evtchn_do_upcall|xen_hvm_callback_vector|xen_do_hypervisor_callback|xen_mc_flush|xen_hypercall_\w+|xen_hypervisor_callback|xen_pv_evtchn_do_upcall|handle_irq_for_port)$/,
  /^(?:__GI_|__libc_|raise|abort|__assert_fail\w*|__pthread_kill\w*|malloc\w*|_int_free|_int_malloc|cfree|free|calloc|realloc|strlen\w*|__strlen\w*|memcpy\w*|__memcpy\w*|start_thread|clone\d?|_start|main|g_malloc\w*|g_free|g_main_\w+|__GI\w*|_?IO_\w+|regexec|__compat_regexec|vfprintf\w*|printf)$/,
  /^_*(?:xen_clocksource_|xen_sched_clock|pvclock_|ktime_get|kvm_clock_|sched_clock|kasan|kmsan|kcsan|ubsan|asan|hwasan|lockdep|stack_trace_|perf_trace_|trace_|__traceiter_|bpf_dispatcher_|srso_|retpoline|x86_indirect)/,
];

/** `schedule.part.0` → `schedule`: what the compiler added to a name says nothing. */
export function bareName(name: string): string {
  return name
    .replace(/\.(?:isra|part|constprop|cold|llvm|lto_priv)(?:[.\d]\S*)?$/, '')
    .replace(/\.(?:isra|part|constprop|cold)(?:\.\d+)?$/, '');
}

export function isMachinery(name: string): boolean {
  const bare = bareName(name);
  return NAMES.some((pattern) => pattern.test(bare));
}
