import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';
import { SENDS_BY_ENTER } from './use-enter-in-text-area.js';

interface ReasonFieldProps {
  label: string;
  /** What is said when nothing was typed. */
  needed: string;
  autoFocus?: boolean;
}

/** A reason that the buyer reads. Enter sends the form, Shift+Enter begins a new line. */
export function ReasonField({ label, needed, autoFocus = false }: ReasonFieldProps): ReactNode {
  const { common } = useWords();
  return (
    <Form.Item
      name="reason"
      label={label}
      extra={common.enterSends}
      rules={[{ required: true, whitespace: true, message: needed }]}
    >
      <Input.TextArea maxLength={200} showCount autoFocus={autoFocus} rows={3} {...SENDS_BY_ENTER} />
    </Form.Item>
  );
}
