import { App, Form, type FormInstance, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api } from '../../api/client.js';
import { parseYuan, formatPlainYuan, formatYuan } from '../../utils/money.js';
import { FormDialog } from '../../components/form-dialog.js';
import { ReasonField } from '../../components/reason-field.js';
import { useAction } from '../../hooks/use-action.js';
import { isAmountAllowed, yuanRule } from '../../utils/yuan-rule.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { goodsBody, type GoodsDraft, DEFAULT_GOODS } from '../refunds/goods.js';
import { GoodsFields } from '../refunds/goods-fields.js';
import { LinePicker } from '../refunds/line-picker.js';
import type { OrderRecord } from './order-details.js';

interface MerchantRefundForm extends GoodsDraft {
  amount: string;
  reason: string;
}

interface MerchantRefundDialogProps {
  order: OrderRecord;
  /** Fen that stand in the dialog at first, such as those of a refund that failed. */
  suggestedFen: number | null;
  onClose: () => void;
}

/** Gives money back without being asked. One opened dialog is one refund, however often it is sent. */
export function MerchantRefundDialog({ order, suggestedFen, onClose }: MerchantRefundDialogProps): ReactNode {
  const { refunds: words } = useTranslations();
  const [form] = Form.useForm<MerchantRefundForm>();
  const { refundableFen: most, reservedFen } = order;
  const typed = Form.useWatch((values: Partial<MerchantRefundForm>) => values.amount, form);
  const fen = parseYuan(typed ?? '');
  const { run, isRunning } = useCreateMerchantRefund(order.orderNo, form, onClose);
  const reserved = reservedFen > 0 ? words.giveReserved(formatYuan(reservedFen)) : '';
  return (
    <FormDialog
      form={form}
      title={words.giveTitle}
      okText={words.confirmApprove(fen === null ? '¥–' : formatYuan(fen))}
      initialValues={{
        ...DEFAULT_GOODS,
        ...(suggestedFen !== null && { amount: formatPlainYuan(Math.min(suggestedFen, most)) }),
      }}
      isInvalid={!isAmountAllowed(fen, most)}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <LinePicker
        items={order.items}
        hasEarlier={order.refunds.length > 0}
        onPick={(picked) => form.setFieldsValue({ amount: formatPlainYuan(picked) })}
      />
      <Form.Item
        name="amount"
        label={words.amount}
        extra={`${words.giveHint(formatYuan(most))}${reserved}`}
        rules={[
          yuanRule({ maxFen: most, invalidText: words.amountWrong, tooLargeText: words.giveHint(formatYuan(most)) }),
        ]}
      >
        <Input prefix="¥" inputMode="decimal" autoFocus autoComplete="off" maxLength={20} />
      </Form.Item>
      {order.status === 'PAID' && (
        <GoodsFields
          items={order.items}
          isShipped={order.shipments.length > 0}
          isFull={fen !== null && approvedFen(order) + fen >= order.paidFen}
          hasCoupon={order.couponId !== null}
        />
      )}
      <ReasonField label={words.giveReason} needed={words.giveNeedsReason} />
    </FormDialog>
  );
}

/** Fen of the order that refunds have given back or are on their way with. */
function approvedFen({ refunds }: OrderRecord): number {
  const decided = refunds.filter(
    ({ status, isSurplus }) => !isSurplus && ['PROCESSING', 'ABNORMAL', 'SUCCEEDED'].includes(status),
  );
  return decided.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

function useCreateMerchantRefund(
  orderNo: string,
  form: FormInstance<MerchantRefundForm>,
  onDone: () => void,
): ReturnType<typeof useAction<MerchantRefundForm>> {
  const { refunds: words } = useTranslations();
  const { message } = App.useApp();
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  return useAction({
    form,
    fieldNames: { amountFen: 'amount' },
    request: ({ amount, reason, ...goods }: MerchantRefundForm) => {
      const amountFen = parseYuan(amount);
      if (amountFen === null) throw new Error('The form lets no other amount through.');
      return unwrap(
        api.POST('/admin/api/orders/{orderNo}/refunds', {
          params: { path: { orderNo }, header: { 'Idempotency-Key': key } },
          body: { amountFen, reason, ...goodsBody(goods) },
        }),
      );
    },
    onSuccess: () => {
      void message.success(words.gave);
      onDone();
    },
  });
}
