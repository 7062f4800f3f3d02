import { App, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';

/** Gives up a refund that WeChat does not know, with a note for the staff. */
export function AbandonDialog({ refundNo, onClose }: { refundNo: string; onClose: () => void }): ReactNode {
  const { common, refunds: words } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note: string }>();
  const { run, isRunning } = useAction({
    work: (body: { note: string }) =>
      answered(api.POST('/admin/api/refunds/{refundNo}/abandon', { params: { path: { refundNo } }, body })),
    then: () => {
      void message.success(words.abandoned);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={words.abandonTitle}
      okText={words.confirmAbandon}
      okButtonProps={{ danger: true }}
      cancelText={common.cancel}
      confirmLoading={isRunning}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{words.abandonHint}</p>
      <Form<{ note: string }> form={form} layout="vertical" onFinish={run} requiredMark={false}>
        <Form.Item
          name="note"
          label={words.abandonNote}
          rules={[{ required: true, whitespace: true, message: words.abandonNeedsNote }]}
        >
          <Input.TextArea maxLength={500} showCount autoFocus rows={3} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
