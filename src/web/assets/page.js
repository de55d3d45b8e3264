// Comfort only: every page works without it.
(() => {
  const items = [...document.querySelectorAll('[data-item]')];
  let at = -1;
  const go = (to) => {
    if (items.length === 0) return;
    at = Math.max(0, Math.min(items.length - 1, to));
    for (const [place, item] of items.entries()) item.classList.toggle('at', place === at);
    items[at].querySelector('a')?.focus();
    items[at].scrollIntoView({ block: 'nearest' });
  };
  const keys = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    '/': () => document.querySelector('form.find input')?.focus(),
    u: () => document.querySelector('[data-up]')?.click(),
    n: () => document.querySelector('[rel=next]')?.click(),
    p: () => document.querySelector('[rel=prev]')?.click(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('input, textarea, select')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const before = button.textContent;
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Select it by hand';
      }
      setTimeout(() => (button.textContent = before), 2000);
    });
  }
})();
