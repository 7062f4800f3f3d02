import { Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { useSubmitOnEnter } from '../hooks/use-submit-on-enter.js';

interface FormDialogProps<Draft> {
  form: FormInstance<Draft>;
  title: string;
  /** Text of the submit button. */
  okText: string;
  initialValues?: Partial<Draft>;
  isRunning: boolean;
  /** Red submit button, for destructive actions. */
  isDanger?: boolean;
  /** True while the input is invalid: the button is disabled and Enter does nothing. */
  isInvalid?: boolean;
  /** True for a dialog without fields: focuses the button, so that Enter submits. */
  isButtonFocused?: boolean;
  /** False if a click outside the dialog must not close it. */
  isMaskClosable?: boolean;
  /** True when the action is done: hides the Cancel button. */
  isDone?: boolean;
  /** Called with the values when all fields pass their rules. */
  onFinish: (draft: Draft) => void;
  onClose: () => void;
  /** Shown above the fields. */
  notice?: ReactNode;
  children?: ReactNode;
}

/**
 * A form in a modal dialog, submitted by its button or by Enter. The button belongs to the form because browsers submit a
 * form with several fields by Enter only if it has a submit button.
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
