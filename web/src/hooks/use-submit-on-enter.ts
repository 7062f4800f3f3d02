import { type KeyboardEvent, useRef } from 'react';

/** Props for a text area in which Enter submits the form and Shift+Enter starts a new line. */
export const SUBMIT_ON_ENTER = { 'data-sends-by-enter': '' } as const;

interface EnterHandlers {
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onKeyUp: () => void;
  onCompositionEnd: () => void;
}

/**
 * Submits a form from its text areas: by Ctrl+Enter or Cmd+Enter in all, by Enter alone in those with SUBMIT_ON_ENTER.
 * An Enter that only confirms the input of an input method (Pinyin) does not submit.
 */
export function useSubmitOnEnter(): EnterHandlers {
  // Safari fires compositionend before the keydown of the confirming Enter, which then has isComposing = false.
  const hasJustComposed = useRef(false);
  return {
    onKeyDown: (event) => {
      const { target, key, ctrlKey, metaKey, shiftKey, nativeEvent } = event;
      if (key !== 'Enter' || !(target instanceof HTMLTextAreaElement)) return;
      if (nativeEvent.isComposing || hasJustComposed.current) return;
      const isWanted = ctrlKey || metaKey || (!shiftKey && 'sendsByEnter' in target.dataset);
      if (!isWanted) return;
      event.preventDefault();
      clickSubmitButton(target.form);
    },
    onKeyUp: () => {
      hasJustComposed.current = false;
    },
    onCompositionEnd: () => {
      hasJustComposed.current = true;
    },
  };
}

/** Like Enter in an input: a disabled button does not submit. */
function clickSubmitButton(form: HTMLFormElement | null): void {
  const buttons = [...(form?.elements ?? [])].filter((control) => control instanceof HTMLButtonElement);
  buttons.find(({ type }) => type === 'submit')?.click();
}
