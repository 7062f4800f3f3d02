import { App, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { answered, api } from '../../api/client.js';
import { fenOf, plainYuan, yuan } from '../../money.js';
import { useAction } from '../../shared/use-action.js';
import { yuanRule } from '../../shared/yuan-rule.js';
import { useWords } from '../../words/words.js';
import { LinePicker } from '../refunds/line-picker.js';
import type { OrderRecord } from './order-detail.js';

interface Gift {
  amount: string;
  reason: string;
}

/** Gives money back without being asked. One opened dialog is one refund, however often it is sent. */
export function GiveDialog({ order, onClose }: { order: OrderRecord; onClose: () => void }): ReactNode {
  const { common, refunds: words } = useWords();
  const [form] = Form.useForm<Gift>();
  const most = order.paidFen - order.refundedFen;
  const typed = Form.useWatch((values: Partial<Gift>) => values.amount, form);
  const fen = fenOf(typed ?? plainYuan(most));
  const { run, isRunning } = useGift(order.orderNo, onClose);
  return (
    <Modal
      open
      title={words.giveTitle}
      okText={words.confirmApprove(fen === null ? '¥–' : yuan(fen))}
      cancelText={common.cancel}
      confirmLoading={isRunning}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Gift>
        form={form}
        layout="vertical"
        initialValues={{ amount: plainYuan(most) }}
        onFinish={run}
        requiredMark={false}
      >
        <LinePicker
          items={order.items}
          hasEarlier={order.refunds.length > 0}
          onPick={(picked) => form.setFieldsValue({ amount: plainYuan(picked) })}
        />
        <Form.Item
          name="amount"
          label={words.amount}
          extra={words.giveHint(yuan(most))}
          rules={[yuanRule({ most, wrong: words.amountWrong, tooMuch: words.giveHint(yuan(most)) })]}
        >
          <Input prefix="¥" inputMode="decimal" autoFocus maxLength={20} />
        </Form.Item>
        <Form.Item name="reason" label={words.giveReason} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea maxLength={200} showCount rows={3} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function useGift(orderNo: string, onDone: () => void): ReturnType<typeof useAction<Gift>> {
  const { refunds: words } = useWords();
  const { message } = App.useApp();
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  return useAction({
    work: ({ amount, reason }: Gift) => {
      const amountFen = fenOf(amount);
      if (amountFen === null) throw new Error('The form lets no other amount through.');
      return answered(
        api.POST('/admin/api/orders/{orderNo}/refunds', {
          params: { path: { orderNo }, header: { 'Idempotency-Key': key } },
          body: { amountFen, reason },
        }),
      );
    },
    then: () => {
      void message.success(words.gave);
      onDone();
    },
  });
}
