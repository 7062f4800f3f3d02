import { Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { useSubmitOnEnter } from '../hooks/use-submit-on-enter.js';

interface FormDialogProps<Draft> {
  form: FormInstance<Draft>;
  title: string;
  /** The word on the button that sends it. */
  okText: string;
  initialValues?: Partial<Draft>;
  isRunning: boolean;
  /** The red button, for what takes something away. */
  isDanger?: boolean;
  /** True while what is typed would be refused: then neither the button nor Enter sends anything. */
  isInvalid?: boolean;
  /** True for a dialog without fields: the button has the focus, so that Enter works there too. */
  isButtonFocused?: boolean;
  /** False where a click beside the dialog must not close it. */
  isMaskClosable?: boolean;
  /** True when nothing is left to cancel. */
  isDone?: boolean;
  /** Gets what was typed, once every field is as its rules want it. */
  onFinish: (draft: Draft) => void;
  onClose: () => void;
  /** Stands above the fields. */
  notice?: ReactNode;
  children?: ReactNode;
}

/**
 * A form in a window of its own: sent by its button or by Enter, and left without a trace. The button belongs to the form:
 * browsers send a form of several fields by Enter only when it has a button that does so.
 */
export function FormDialog<Draft extends object>(props: FormDialogProps<Draft>): ReactNode {
  const { form, title, okText, initialValues = {}, isRunning, onFinish, onClose, notice, children } = props;
  const {
    isDanger = false,
    isInvalid: isRefused = false,
    isButtonFocused = false,
    isDone = false,
    isMaskClosable = true,
  } = props;
  const { common } = useTranslations();
  const id = useId();
  const enter = useSubmitOnEnter();
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{
        ...{ htmlType: 'submit', form: id, danger: isDanger, disabled: isRefused, autoFocus: isButtonFocused },
      }}
      cancelText={common.cancel}
      {...(isDone && { cancelButtonProps: { className: 'gone' } })}
      confirmLoading={isRunning}
      mask={{ closable: isMaskClosable }}
      onCancel={onClose}
    >
      {notice}
      <Form<Draft>
        id={id}
        form={form}
        layout="vertical"
        initialValues={initialValues}
        onFinish={onFinish}
        requiredMark={false}
        {...enter}
      >
        {children}
      </Form>
    </Modal>
  );
}
