import { App, Form } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { ReasonField } from '../../shared/reason-field.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import type { RefundCase } from './case.js';

/** Rejects, with a reason that the buyer reads. */
export function RejectDialog({
  refund: { refundNo },
  onClose,
}: {
  refund: RefundCase;
  onClose: () => void;
}): ReactNode {
  const { refunds: words } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const { run, isRunning } = useAction({
    form,
    work: (body: { reason: string }) =>
      answered(api.POST('/admin/api/refunds/{refundNo}/reject', { params: { path: { refundNo } }, body })),
    then: () => {
      void message.success(words.rejectedNow);
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title={words.rejectTitle}
      okText={words.confirmReject}
      isDanger
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <ReasonField label={words.rejectReason} needed={words.rejectNeedsReason} autoFocus />
    </FormDialog>
  );
}
