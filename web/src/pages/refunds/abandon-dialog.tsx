import { App, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { useAction } from '../../shared/use-action.js';
import { SENDS_BY_ENTER } from '../../shared/use-enter-in-text-area.js';
import { useWords } from '../../words/words.js';

/** Gives up a refund that WeChat does not know, with a note for the staff. */
export function AbandonDialog({ refundNo, onClose }: { refundNo: string; onClose: () => void }): ReactNode {
  const { common, refunds: words } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note: string }>();
  const { run, isRunning } = useAction({
    form,
    work: (body: { note: string }) =>
      answered(api.POST('/admin/api/refunds/{refundNo}/abandon', { params: { path: { refundNo } }, body })),
    then: () => {
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
        <Input.TextArea maxLength={500} showCount autoFocus rows={3} {...SENDS_BY_ENTER} />
      </Form.Item>
    </FormDialog>
  );
}
