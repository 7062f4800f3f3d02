import { type KeyboardEvent, useRef } from 'react';

/** On a text area in which Enter sends the form and Shift+Enter begins a new line. */
export const SUBMIT_ON_ENTER = { 'data-sends-by-enter': '' } as const;

interface EnterHandlers {
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onKeyUp: () => void;
  onCompositionEnd: () => void;
}

/**
 * Sends a form from its text areas: by Ctrl+Enter or Cmd+Enter in all, by Enter alone in those marked with SENDS_BY_ENTER.
 * An Enter that only ends the typing of Chinese by Pinyin sends nothing.
 */
export function useSubmitOnEnter(): EnterHandlers {
  // Safari ends the composition before the key that ends it arrives, and the key looks like any other.
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

/** As Enter in an input does: a disabled button sends nothing. */
function clickSubmitButton(form: HTMLFormElement | null): void {
  const buttons = [...(form?.elements ?? [])].filter((control) => control instanceof HTMLButtonElement);
  buttons.find(({ type }) => type === 'submit')?.click();
}
