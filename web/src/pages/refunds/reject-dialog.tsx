import { App, Form } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { ReasonField } from '../../components/reason-field.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';

/** Rejects a refund with a reason that is shown to the buyer. */
export function RejectDialog({
  refund: { refundNo },
  onClose,
}: {
  refund: RefundRecord;
  onClose: () => void;
}): ReactNode {
  const { refunds: t } = useTranslations();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const { run, isRunning } = useAction({
    form,
    request: (body: { reason: string }) =>
      unwrap(api.POST('/admin/api/refunds/{refundNo}/reject', { params: { path: { refundNo } }, body })),
    onSuccess: () => {
      void message.success(t.rejectedToast);
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title={t.rejectTitle}
      okText={t.confirmReject}
      isDanger
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <ReasonField label={t.rejectReason} needed={t.rejectReasonRequired} autoFocus />
    </FormDialog>
  );
}
