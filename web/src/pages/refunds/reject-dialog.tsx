import { App, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
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
  const { common, refunds: words } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const { run, isRunning } = useAction({
    work: (body: { reason: string }) =>
      answered(api.POST('/admin/api/refunds/{refundNo}/reject', { params: { path: { refundNo } }, body })),
    then: () => {
      void message.success(words.rejectedNow);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={words.rejectTitle}
      okText={words.confirmReject}
      okButtonProps={{ danger: true }}
      cancelText={common.cancel}
      confirmLoading={isRunning}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<{ reason: string }> form={form} layout="vertical" onFinish={run} requiredMark={false}>
        <ReasonField />
      </Form>
    </Modal>
  );
}

/** Why not; the buyer reads it. */
export function ReasonField(): ReactNode {
  const { refunds: words } = useWords();
  const rules = [{ required: true, whitespace: true, message: words.rejectNeedsReason }];
  return (
    <Form.Item name="reason" label={words.rejectReason} rules={rules}>
      <Input.TextArea maxLength={200} showCount autoFocus rows={3} />
    </Form.Item>
  );
}
