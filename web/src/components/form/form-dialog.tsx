import { Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useId } from 'react';
import { useAction } from '../../hooks/use-action.js';
import { useDraft } from '../../hooks/use-draft.js';
import { useSubmitOnEnter } from '../../hooks/use-submit-on-enter.js';
import { useTranslations } from '../../i18n/language-provider.js';

interface FormDialogProps<Draft, Result> {
  /** Only for a dialog that reads or changes its fields. */
  form?: FormInstance<Draft>;
  title: string;
  /** Text of the submit button. */
  okText: string;
  initialValues?: Partial<Draft>;
  /** Identifies the form, to keep what the user has typed when the session ends. */
  draftKey?: string;
  /** Red submit button, for destructive actions. */
  isDanger?: boolean;
  /** True while the input is invalid: the button is disabled and Enter does nothing. */
  isInvalid?: boolean;
  /** True for a dialog without fields: focuses the button, so that Enter submits. */
  isButtonFocused?: boolean;
  /** False if a click outside the dialog must not close it. */
  isMaskClosable?: boolean;
  /** True when the action is done: hides the Cancel button, and the other one closes the dialog. */
  isDone?: boolean;
  /** Called with the values when all fields pass their rules. */
  request: (draft: Draft) => Promise<Result>;
  /** Form field names that differ from the API's, by the API's names. */
  fieldNames?: Readonly<Record<string, string>>;
  successText?: string | ((result: Result) => string);
  /** Closes the dialog by default. */
  onSuccess?: (result: Result) => void;
  onClose: () => void;
  /** Shown above the fields. */
  notice?: ReactNode;
  children?: ReactNode;
}

/**
 * A form in a modal dialog, submitted by its button or by Enter. The button belongs to the form because browsers submit a
 * form with several fields by Enter only if it has a submit button.
 */
export function FormDialog<Draft extends object, Result = unknown>(props: FormDialogProps<Draft, Result>): ReactNode {
  const { title, okText, initialValues = {}, request, fieldNames, successText, onClose, notice, children } = props;
  const { isDanger = false, isInvalid = false, isButtonFocused = false } = props;
  const { isDone = false, isMaskClosable = true, onSuccess = onClose } = props;
  const { common } = useTranslations();
  const draft = useDraft<Draft>(props.draftKey);
  const [form] = Form.useForm(props.form);
  const finish = (result: Result): void => {
    draft.discard();
    onSuccess(result);
  };
  const cancel = (): void => {
    draft.discard();
    onClose();
  };
  const { run, isRunning } = useAction({ form, fieldNames, request, successText, onSuccess: finish });
  const id = useId();
  const enter = useSubmitOnEnter();
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{
        htmlType: 'submit',
        form: id,
        danger: isDanger,
        disabled: isInvalid,
        autoFocus: isButtonFocused,
      }}
      cancelText={common.cancel}
      {...(isDone && { cancelButtonProps: { className: 'gone' } })}
      confirmLoading={isRunning}
      mask={{ closable: isMaskClosable }}
      onCancel={cancel}
    >
      {notice}
      <Form<Draft>
        id={id}
        form={form}
        layout="vertical"
        initialValues={{ ...initialValues, ...draft.values }}
        onValuesChange={(_changed, values: Draft) => draft.save(values)}
        onFinish={isDone ? onClose : run}
        requiredMark={false}
        {...enter}
      >
        {children}
      </Form>
    </Modal>
  );
}
