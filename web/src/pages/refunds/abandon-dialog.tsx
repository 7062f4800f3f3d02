import { App, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { SUBMIT_ON_ENTER } from '../../hooks/use-submit-on-enter.js';
import { useTranslations } from '../../i18n/language-provider.js';

/** Gives up a refund that WeChat does not know, with a note for the staff. */
export function AbandonDialog({ refundNo, onClose }: { refundNo: string; onClose: () => void }): ReactNode {
  const { common, refunds: words } = useTranslations();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note: string }>();
  const { run, isRunning } = useAction({
    form,
    request: (body: { note: string }) =>
      unwrap(api.POST('/admin/api/refunds/{refundNo}/abandon', { params: { path: { refundNo } }, body })),
    onSuccess: () => {
      void message.success(words.abandoned);
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title={words.abandonTitle}
      okText={words.confirmAbandon}
      isDanger
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
      notice={<p>{words.abandonHint}</p>}
    >
      <Form.Item
        name="note"
        label={words.abandonNote}
        extra={common.enterSends}
        rules={[{ required: true, whitespace: true, message: words.abandonNeedsNote }]}
      >
        <Input.TextArea maxLength={500} showCount autoFocus rows={3} {...SUBMIT_ON_ENTER} />
      </Form.Item>
    </FormDialog>
  );
}
