import { Button, type ButtonProps, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useAction } from '../hooks/use-action.js';
import { useTranslations } from '../i18n/language-provider.js';

interface ActionButtonProps extends Pick<ButtonProps, 'size' | 'danger'> {
  text: string;
  /** The record's name, for screen readers, where a list has several of these buttons. */
  subject?: string;
  /** A question that the user must confirm first. */
  question?: string;
  /** True if the button that confirms is red. */
  isFinal?: boolean;
  request: () => Promise<unknown>;
  successText: string;
}

/** Runs a change at a click, after a confirmation if there is a question. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { text, subject, question, isFinal = false, request, successText, ...style } = props;
  const { common } = useTranslations();
  const { run, isRunning } = useAction({ request, successText });
  const button = (
    <Button
      {...style}
      {...(subject !== undefined && { 'aria-label': `${text}: ${subject}` })}
      {...(question === undefined && { onClick: () => run() })}
      loading={isRunning}
    >
      {text}
    </Button>
  );
  if (question === undefined) return button;
  return (
    <Popconfirm
      title={question}
      okText={text}
      cancelText={common.cancel}
      okButtonProps={{ danger: isFinal }}
      onConfirm={() => run()}
    >
      {button}
    </Popconfirm>
  );
}
