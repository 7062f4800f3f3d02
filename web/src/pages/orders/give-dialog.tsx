import { App, Form, type FormInstance, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { answered, api } from '../../api/client.js';
import { fenOf, plainYuan, yuan } from '../../money.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { ReasonField } from '../../shared/reason-field.js';
import { useAction } from '../../shared/use-action.js';
import { isAmountWithin, yuanRule } from '../../shared/yuan-rule.js';
import { useWords } from '../../words/words.js';
import { goodsBody, type GoodsDraft, NO_CHOICE } from '../refunds/goods.js';
import { GoodsFields } from '../refunds/goods-fields.js';
import { LinePicker } from '../refunds/line-picker.js';
import type { OrderRecord } from './order-detail.js';

interface Gift extends GoodsDraft {
  amount: string;
  reason: string;
}

interface Wanted {
  order: OrderRecord;
  /** Fen that stand in the dialog at first, such as those of a refund that failed. */
  suggestedFen: number | null;
  onClose: () => void;
}

/** Gives money back without being asked. One opened dialog is one refund, however often it is sent. */
export function GiveDialog({ order, suggestedFen, onClose }: Wanted): ReactNode {
  const { refunds: words } = useWords();
  const [form] = Form.useForm<Gift>();
  const { refundableFen: most, reservedFen } = order;
  const typed = Form.useWatch((values: Partial<Gift>) => values.amount, form);
  const fen = fenOf(typed ?? '');
  const { run, isRunning } = useGift(order.orderNo, form, onClose);
  const reserved = reservedFen > 0 ? words.giveReserved(yuan(reservedFen)) : '';
  return (
    <FormDialog
      form={form}
      title={words.giveTitle}
      okText={words.confirmApprove(fen === null ? '¥–' : yuan(fen))}
      initialValues={{
        ...NO_CHOICE,
        ...(suggestedFen !== null && { amount: plainYuan(Math.min(suggestedFen, most)) }),
      }}
      isRefused={!isAmountWithin(fen, most)}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <LinePicker
        items={order.items}
        hasEarlier={order.refunds.length > 0}
        onPick={(picked) => form.setFieldsValue({ amount: plainYuan(picked) })}
      />
      <Form.Item
        name="amount"
        label={words.amount}
        extra={`${words.giveHint(yuan(most))}${reserved}`}
        rules={[yuanRule({ most, wrong: words.amountWrong, tooMuch: words.giveHint(yuan(most)) })]}
      >
        <Input prefix="¥" inputMode="decimal" autoFocus autoComplete="off" maxLength={20} />
      </Form.Item>
      {order.status === 'PAID' && (
        <GoodsFields
          items={order.items}
          isShipped={order.shipments.length > 0}
          isFull={fen !== null && decidedFen(order) + fen >= order.paidFen}
          hasCoupon={order.couponId !== null}
        />
      )}
      <ReasonField label={words.giveReason} needed={words.giveNeedsReason} />
    </FormDialog>
  );
}

/** Fen of the order that refunds have given back or are on their way with. */
function decidedFen({ refunds }: OrderRecord): number {
  const decided = refunds.filter(
    ({ status, isSurplus }) => !isSurplus && ['PROCESSING', 'ABNORMAL', 'SUCCEEDED'].includes(status),
  );
  return decided.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

function useGift(orderNo: string, form: FormInstance<Gift>, onDone: () => void): ReturnType<typeof useAction<Gift>> {
  const { refunds: words } = useWords();
  const { message } = App.useApp();
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  return useAction({
    form,
    fieldNames: { amountFen: 'amount' },
    work: ({ amount, reason, ...goods }: Gift) => {
      const amountFen = fenOf(amount);
      if (amountFen === null) throw new Error('The form lets no other amount through.');
      return answered(
        api.POST('/admin/api/orders/{orderNo}/refunds', {
          params: { path: { orderNo }, header: { 'Idempotency-Key': key } },
          body: { amountFen, reason, ...goodsBody(goods) },
        }),
      );
    },
    then: () => {
      void message.success(words.gave);
      onDone();
    },
  });
}
