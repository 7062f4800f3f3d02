import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { formatYuan } from '../i18n.ts';
import type { OpenSheet, Phone } from './phone.ts';

const PASSWORD_LENGTH = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '⌫'];

/** WeChat's payment sheet. It accepts any six digits as the password. */
export function Cashier({ phone, sheet }: { phone: Phone; sheet: OpenSheet }): ReactElement {
  return (
    <div className="veil low">
      <div className="sheet" role="dialog" aria-label="微信支付">
        {sheet.stage === 'paid' ? (
          <PaidScreen phone={phone} sheet={sheet} />
        ) : (
          <PasswordPrompt phone={phone} sheet={sheet} />
        )}
      </div>
    </div>
  );
}

function PasswordPrompt({ phone, sheet }: { phone: Phone; sheet: OpenSheet }): ReactElement {
  const [typed, setTyped] = useState(0);
  const keyboard = useRef<HTMLDivElement>(null);
  useEffect(() => keyboard.current?.focus(), []);
  const isPassword = sheet.stage === 'password';
  const press = (key: string): void => {
    if (!isPassword) return;
    const now = key === '⌫' ? Math.max(0, typed - 1) : typed + 1;
    setTyped(now);
    if (now === PASSWORD_LENGTH) void phone.pay();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (/^\d$/.test(event.key)) press(event.key);
    if (event.key === 'Backspace') press('⌫');
    if (event.key === 'Escape') void phone.cancelSheet();
  };
  return (
    <div className="asking" tabIndex={-1} ref={keyboard} onKeyDown={onKeyDown}>
      <div className="sheet-head">
        <button type="button" aria-label="放弃支付" onClick={() => void phone.cancelSheet()}>
          ✕
        </button>
        <span>{sheet.stage === 'refused' ? '支付失败' : '请输入支付密码'}</span>
      </div>
      <p className="what">{sheet.body}</p>
      <p className="amount">
        <small>¥</small>
        {formatYuan(sheet.total_fee)}
      </p>
      <p className="how">
        <span>付款方式</span>
        <span>零钱</span>
      </p>
      {sheet.stage === 'refused' ? (
        <p className="refused" role="alert">
          {sheet.refusal}
        </p>
      ) : (
        <div className="password" aria-label={`已输入 ${typed} 位`} role="img">
          {Array.from({ length: PASSWORD_LENGTH }, (_none, index) => (
            <span key={index} className={index < typed ? 'typed' : ''} />
          ))}
        </div>
      )}
      <p className="hint">{sheet.stage === 'paying' ? '正在支付…' : '模拟收银台：任意 6 位数字，不花真钱'}</p>
      <div className="keypad">
        {KEYS.map((key) => (
          <button
            key={key || 'none'}
            type="button"
            disabled={!isPassword || key === ''}
            aria-label={key === '⌫' ? '删除' : key || undefined}
            aria-hidden={key === ''}
            onClick={() => press(key)}
          >
            {key}
          </button>
        ))}
      </div>
    </div>
  );
}

function PaidScreen({ phone, sheet }: { phone: Phone; sheet: OpenSheet }): ReactElement {
  return (
    <div className="paid">
      <div className="tick" aria-hidden="true">
        ✓
      </div>
      <h2>支付成功</h2>
      <p className="amount">
        <small>¥</small>
        {formatYuan(sheet.total_fee)}
      </p>
      <button type="button" className="done" onClick={() => phone.finishSheet()}>
        完成
      </button>
      <button type="button" className="leave" onClick={() => phone.closeProgram()}>
        不点完成，直接关掉小程序
      </button>
    </div>
  );
}
