import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { SUBMIT_ON_ENTER } from '../hooks/use-submit-on-enter.js';

interface ReasonFieldProps {
  label: string;
  /** Error text for an empty field. */
  needed: string;
  autoFocus?: boolean;
}

/** A reason that is shown to the buyer. Enter submits the form, Shift+Enter starts a new line. */
export function ReasonField({ label, needed, autoFocus = false }: ReasonFieldProps): ReactNode {
  const { common } = useTranslations();
  return (
    <Form.Item
      name="reason"
      label={label}
      extra={common.enterSubmits}
      rules={[{ required: true, whitespace: true, message: needed }]}
    >
      <Input.TextArea maxLength={200} showCount autoFocus={autoFocus} rows={3} {...SUBMIT_ON_ENTER} />
    </Form.Item>
  );
}
