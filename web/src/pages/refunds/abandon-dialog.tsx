import { App, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { SUBMIT_ON_ENTER } from '../../hooks/use-submit-on-enter.js';
import { useTranslations } from '../../i18n/language-provider.js';

/** Abandons a refund that WeChat does not have, with an internal note. */
export function AbandonDialog({ refundNo, onClose }: { refundNo: string; onClose: () => void }): ReactNode {
  const { common, refunds: t } = useTranslations();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note: string }>();
  const { run, isRunning } = useAction({
    form,
    request: (body: { note: string }) =>
      unwrap(api.POST('/admin/api/refunds/{refundNo}/abandon', { params: { path: { refundNo } }, body })),
    onSuccess: () => {
      void message.success(t.abandonedToast);
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title={t.abandonTitle}
      okText={t.confirmAbandon}
      isDanger
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
      notice={<p>{t.abandonHint}</p>}
    >
      <Form.Item
        name="note"
        label={t.abandonNote}
        extra={common.enterSubmits}
        rules={[{ required: true, whitespace: true, message: t.abandonNoteRequired }]}
      >
        <Input.TextArea maxLength={500} showCount autoFocus rows={3} {...SUBMIT_ON_ENTER} />
      </Form.Item>
    </FormDialog>
  );
}
