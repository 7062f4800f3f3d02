import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { SUBMIT_ON_ENTER } from '../../hooks/use-submit-on-enter.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { parseYuan } from '../../utils/money.js';

interface FieldProps {
  name?: string;
  label: string;
  /** A hint below the field. */
  extra?: string;
  autoFocus?: boolean;
}

interface ReasonFieldProps extends FieldProps {
  maxLength?: number;
  /** Error text for an empty field. */
  needed: string;
}

/** A required reason. Enter submits the form, Shift+Enter starts a new line. */
export function ReasonField({ name = 'reason', label, needed, maxLength = 200, autoFocus = false }: ReasonFieldProps) {
  const { common } = useTranslations();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={common.enterSubmits}
      rules={[{ required: true, whitespace: true, message: needed }]}
    >
      <Input.TextArea maxLength={maxLength} showCount autoFocus={autoFocus} rows={3} {...SUBMIT_ON_ENTER} />
    </Form.Item>
  );
}

/** A password that is chosen, by the service's rule. */
export function NewPasswordField({ name = 'password', label, extra, autoFocus = false }: FieldProps): ReactNode {
  const { staff } = useTranslations();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={extra}
      rules={[{ required: true, min: 8, max: 128, message: staff.passwordRule }]}
    >
      <Input.Password autoComplete="new-password" autoFocus={autoFocus} maxLength={128} />
    </Form.Item>
  );
}

interface YuanFieldProps extends FieldProps {
  /** Fen, 1 by default. With 0, the field may be empty. */
  minFen?: number;
  /** Fen. */
  maxFen?: number;
  invalidText: string;
  tooLargeText?: string;
}

/** An amount of yuan from `minFen` to `maxFen`. Its value is the text, as typed. */
export function YuanField({ name = 'amount', label, extra, autoFocus = false, ...rule }: YuanFieldProps): ReactNode {
  const validator = (_rule: unknown, typed: unknown): Promise<void> => {
    const error = errorIn(typed, rule);
    return error === null ? Promise.resolve() : Promise.reject(new Error(error));
  };
  return (
    <Form.Item name={name} label={label} extra={extra} rules={[{ validator }]}>
      <Input prefix="¥" inputMode="decimal" autoFocus={autoFocus} autoComplete="off" maxLength={20} />
    </Form.Item>
  );
}

type YuanRule = Pick<YuanFieldProps, 'minFen' | 'maxFen' | 'invalidText' | 'tooLargeText'>;

/** The error text for what was typed; null if it is valid. */
function errorIn(typed: unknown, { minFen = 1, maxFen = Infinity, invalidText, tooLargeText }: YuanRule) {
  const text = typeof typed === 'string' ? typed.trim() : '';
  if (text === '' && minFen === 0) return null;
  const fen = parseYuan(text);
  if (fen === null || fen < minFen) return invalidText;
  return fen > maxFen ? (tooLargeText ?? invalidText) : null;
}
