import { useEffect, useEffectEvent } from 'react';

/** Elements in which keys are input, or belong to a dialog. */
const IGNORED_TARGETS =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]';

/** Single-key shortcuts, by lower-case letter. Ignored while the user types, holds a modifier key or has a dialog open. */
export function useShortcuts(keys: Record<string, () => void>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const isElsewhere = event.target instanceof Element && event.target.closest(IGNORED_TARGETS) !== null;
    // A checkbox is an input too, but takes no text.
    const isCheckbox = event.target instanceof HTMLInputElement && event.target.type === 'checkbox';
    if ((isElsewhere && !isCheckbox) || document.querySelector('.ant-modal-wrap:not([style*="none"])')) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => press(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
