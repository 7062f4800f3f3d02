import { Form, type FormInstance, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';

interface FormDialogProps<Draft> {
  form: FormInstance<Draft>;
  title: string;
  /** The word on the button that sends it. */
  okText: string;
  initialValues?: Partial<Draft>;
  isRunning: boolean;
  /** Gets what was typed, once every field is as its rules want it. */
  onFinish: (draft: Draft) => void;
  onClose: () => void;
  /** Stands above the fields. */
  notice?: ReactNode;
  children: ReactNode;
}

/** A form in a window of its own: sent by its button or by Enter, and left without a trace. */
export function FormDialog<Draft extends object>({
  form,
  title,
  okText,
  initialValues = {},
  isRunning,
  onFinish,
  onClose,
  notice,
  children,
}: FormDialogProps<Draft>): ReactNode {
  const { common } = useWords();
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText={common.cancel}
      confirmLoading={isRunning}
      onOk={form.submit}
      onCancel={onClose}
    >
      {notice}
      <Form<Draft> form={form} layout="vertical" initialValues={initialValues} onFinish={onFinish} requiredMark={false}>
        {children}
      </Form>
    </Modal>
  );
}
