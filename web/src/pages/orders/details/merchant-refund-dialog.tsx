import { Form, Select } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type OrderRecord } from '../../../api/client.js';
import { ReasonField, YuanField } from '../../../components/form/fields.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useIdempotencyKey } from '../../../hooks/use-action.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { fenOf, formatPlainYuan, formatYuan, isAmountAllowed, parseYuan } from '../../../utils/money.js';
import { ItemQuantityFields } from '../../refunds/decision/item-quantity-fields.js';
import { ReturnOptionFields } from '../../refunds/decision/return-option-fields.js';
import {
  DEFAULT_RETURN_OPTIONS,
  type ReturnOptions,
  toReturnFieldsBody,
} from '../../refunds/decision/return-options.js';
import { defaultPayment, isOwnPayment, selectablePayments } from './refunded-payment.js';

interface MerchantRefundForm extends ReturnOptions {
  amount: string;
  reason: string;
  /** Only when the order has several payments. */
  outTradeNo?: string;
}

interface MerchantRefundDialogProps {
  order: OrderRecord;
  /** Initial amount in fen, such as that of a failed refund. */
  suggestedFen: number | null;
  /** The payment of a failed refund, or ''. */
  suggestedOutTradeNo: string;
  onClose: () => void;
}

/** Creates a merchant-initiated refund. Submitting the dialog twice creates one refund. */
export function MerchantRefundDialog(props: MerchantRefundDialogProps): ReactNode {
  const { order, suggestedFen, suggestedOutTradeNo, onClose } = props;
  const { refunds: t } = useTranslations();
  const [form] = Form.useForm<MerchantRefundForm>();
  const { orderNo, reservedFen } = order;
  const selectable = selectablePayments(order);
  const initial = defaultPayment(selectable, order.transactionId, suggestedOutTradeNo);
  const outTradeNo = Form.useWatch((values: Partial<MerchantRefundForm>) => values.outTradeNo, form);
  const payment = selectable.find((each) => each.outTradeNo === outTradeNo) ?? initial;
  const refundableFen = payment?.refundableFen ?? order.refundableFen;
  const hasGoods = order.status === 'PAID' && (!payment || isOwnPayment(payment, order.transactionId));
  const amount = Form.useWatch((values: Partial<MerchantRefundForm>) => values.amount, form);
  const fen = parseYuan(amount ?? '');
  const params = { path: { orderNo }, header: { 'Idempotency-Key': useIdempotencyKey() } };
  const reserved = reservedFen > 0 ? t.alsoReserved(formatYuan(reservedFen)) : '';
  return (
    <FormDialog
      form={form}
      title={t.issueRefund}
      okText={t.confirmApprove(fen === null ? '¥–' : formatYuan(fen))}
      initialValues={{
        ...DEFAULT_RETURN_OPTIONS,
        ...(initial && { outTradeNo: initial.outTradeNo }),
        ...(suggestedFen !== null && { amount: formatPlainYuan(Math.min(suggestedFen, refundableFen)) }),
      }}
      isInvalid={!isAmountAllowed(fen, refundableFen)}
      request={(draft: MerchantRefundForm) =>
        unwrap(api.POST('/admin/api/orders/{orderNo}/refunds', { params, body: bodyOf(draft) }))
      }
      fieldNames={{ amountFen: 'amount' }}
      successText={t.issuedToast}
      onClose={onClose}
    >
      {selectable.length > 0 && <PaymentField order={order} />}
      <ItemQuantityFields
        items={order.items}
        hasEarlier={order.refunds.length > 0}
        onSelect={(pickedFen) => form.setFieldsValue({ amount: formatPlainYuan(pickedFen) })}
      />
      <YuanField
        label={t.amount}
        extra={`${t.atMost(formatYuan(refundableFen))}${reserved}`}
        maxFen={refundableFen}
        invalidText={t.amountInvalid}
        tooLargeText={t.atMost(formatYuan(refundableFen))}
        autoFocus
      />
      {hasGoods && (
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

function bodyOf({ amount, reason, outTradeNo, ...returnOptions }: MerchantRefundForm) {
  return {
    amountFen: fenOf(amount),
    reason,
    ...(outTradeNo !== undefined && { outTradeNo }),
    ...toReturnFieldsBody(returnOptions),
  };
}

/** The payment that the money is taken from. */
function PaymentField({ order }: { order: OrderRecord }): ReactNode {
  const { refunds: t } = useTranslations();
  const options = selectablePayments(order).map((payment) => {
    const { outTradeNo, refundableFen } = payment;
    const kind = isOwnPayment(payment, order.transactionId) ? t.ownPayment : t.lateOrDuplicatePayment;
    return { value: outTradeNo, label: `${kind} ${outTradeNo} · ${t.atMost(formatYuan(refundableFen))}` };
  });
  return (
    <Form.Item name="outTradeNo" label={t.refundedPayment}>
      <Select options={options} />
    </Form.Item>
  );
}

/** Fen of the order's refunds that succeeded or are approved. */
function approvedFen({ refunds }: OrderRecord): number {
  const approved = refunds.filter(
    ({ status, isOverpayment }) => !isOverpayment && ['PROCESSING', 'ABNORMAL', 'SUCCEEDED'].includes(status),
  );
  return approved.reduce((sum, { amountFen }) => sum + amountFen, 0);
}
