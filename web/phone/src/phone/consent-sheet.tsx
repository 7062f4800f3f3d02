import { app } from 'virtual:mini-program';
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react';

interface ConsentSheetProps {
  /** Accessible name of the sheet. */
  name: string;
  title: string;
  /** Text of the button that denies. */
  denyText: string;
  hint: string;
  answer: (isAllowed: boolean) => void;
  children: ReactNode;
}

/** WeChat's sheet that asks the user for permission. Escape denies. */
export function ConsentSheet({ name, title, denyText, hint, answer, children }: ConsentSheetProps): ReactElement {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => sheet.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') answer(false);
  };
  return (
    <div className="veil low">
      <div className="sheet consent" role="dialog" aria-label={name} tabIndex={-1} ref={sheet} onKeyDown={onKeyDown}>
        <p className="who">{app.window.navigationBarTitleText} 申请</p>
        <h2>{title}</h2>
        {children}
        <div>
          <button type="button" onClick={() => answer(false)}>
            {denyText}
          </button>
          <button type="button" className="yes" onClick={() => answer(true)}>
            允许
          </button>
        </div>
        <p className="hint">{hint}</p>
      </div>
    </div>
  );
}
