import { App, Form } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { ReasonField } from '../../components/reason-field.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';

/** Rejects, with a reason that the buyer reads. */
export function RejectDialog({
  refund: { refundNo },
  onClose,
}: {
  refund: RefundRecord;
  onClose: () => void;
}): ReactNode {
  const { refunds: words } = useTranslations();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const { run, isRunning } = useAction({
    form,
    request: (body: { reason: string }) =>
      unwrap(api.POST('/admin/api/refunds/{refundNo}/reject', { params: { path: { refundNo } }, body })),
    onSuccess: () => {
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
