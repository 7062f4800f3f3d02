import { App, Form, type FormInstance, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api } from '../../api/client.js';
import { parseYuan, formatPlainYuan, formatYuan } from '../../utils/money.js';
import { FormDialog } from '../../components/form-dialog.js';
import { ReasonField } from '../../components/reason-field.js';
import { useAction } from '../../hooks/use-action.js';
import { isAmountAllowed, yuanRule } from '../../utils/yuan-rule.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { toReturnFieldsBody, type ReturnOptions, DEFAULT_RETURN_OPTIONS } from '../refunds/return-options.js';
import { ReturnOptionFields } from '../refunds/return-option-fields.js';
import { ItemQuantityFields } from '../refunds/item-quantity-fields.js';
import type { OrderRecord } from './order-details.js';

interface MerchantRefundForm extends ReturnOptions {
  amount: string;
  reason: string;
}

interface MerchantRefundDialogProps {
  order: OrderRecord;
  /** Initial amount in fen, such as that of a failed refund. */
  suggestedFen: number | null;
  onClose: () => void;
}

/** Creates a merchant-initiated refund. The dialog keeps one idempotency key, so that submitting it twice creates one refund. */
export function MerchantRefundDialog({ order, suggestedFen, onClose }: MerchantRefundDialogProps): ReactNode {
  const { refunds: t } = useTranslations();
  const [form] = Form.useForm<MerchantRefundForm>();
  const { refundableFen, reservedFen } = order;
  const amount = Form.useWatch((values: Partial<MerchantRefundForm>) => values.amount, form);
  const fen = parseYuan(amount ?? '');
  const { run, isRunning } = useCreateMerchantRefund(order.orderNo, form, onClose);
  const reserved = reservedFen > 0 ? t.alsoReserved(formatYuan(reservedFen)) : '';
  return (
    <FormDialog
      form={form}
      title={t.issueRefundTitle}
      okText={t.confirmApprove(fen === null ? '¥–' : formatYuan(fen))}
      initialValues={{
        ...DEFAULT_RETURN_OPTIONS,
        ...(suggestedFen !== null && { amount: formatPlainYuan(Math.min(suggestedFen, refundableFen)) }),
      }}
      isInvalid={!isAmountAllowed(fen, refundableFen)}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <ItemQuantityFields
        items={order.items}
        hasEarlier={order.refunds.length > 0}
        onSelect={(pickedFen) => form.setFieldsValue({ amount: formatPlainYuan(pickedFen) })}
      />
      <Form.Item
        name="amount"
        label={t.amount}
        extra={`${t.atMost(formatYuan(refundableFen))}${reserved}`}
        rules={[
          yuanRule({
            maxFen: refundableFen,
            invalidText: t.amountInvalid,
            tooLargeText: t.atMost(formatYuan(refundableFen)),
          }),
        ]}
      >
        <Input prefix="¥" inputMode="decimal" autoFocus autoComplete="off" maxLength={20} />
      </Form.Item>
      {order.status === 'PAID' && (
        <ReturnOptionFields
          items={order.items}
          isShipped={order.shipments.length > 0}
          isFull={fen !== null && approvedFen(order) + fen >= order.paidFen}
          hasCoupon={order.couponId !== null}
        />
      )}
      <ReasonField label={t.issueReason} needed={t.issueReasonRequired} />
    </FormDialog>
  );
}

/** Fen of the order's refunds that succeeded or are approved. */
function approvedFen({ refunds }: OrderRecord): number {
  const decided = refunds.filter(
    ({ status, isOverpayment }) => !isOverpayment && ['PROCESSING', 'ABNORMAL', 'SUCCEEDED'].includes(status),
  );
  return decided.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

function useCreateMerchantRefund(
  orderNo: string,
  form: FormInstance<MerchantRefundForm>,
  onDone: () => void,
): ReturnType<typeof useAction<MerchantRefundForm>> {
  const { refunds: t } = useTranslations();
  const { message } = App.useApp();
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  return useAction({
    form,
    fieldNames: { amountFen: 'amount' },
    request: ({ amount, reason, ...returnOptions }: MerchantRefundForm) => {
      const amountFen = parseYuan(amount);
      if (amountFen === null) throw new Error('The form validates the amount before it submits.');
      return unwrap(
        api.POST('/admin/api/orders/{orderNo}/refunds', {
          params: { path: { orderNo }, header: { 'Idempotency-Key': key } },
          body: { amountFen, reason, ...toReturnFieldsBody(returnOptions) },
        }),
      );
    },
    onSuccess: () => {
      void message.success(t.issuedToast);
      onDone();
    },
  });
}
