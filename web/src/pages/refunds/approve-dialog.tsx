import { Alert, App, Form, type FormInstance, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { parseYuan, formatPlainYuan, formatYuan } from '../../utils/money.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { isAmountAllowed, yuanRule } from '../../utils/yuan-rule.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';
import { toReturnFieldsBody, type ReturnOptions, DEFAULT_RETURN_OPTIONS } from './return-options.js';
import { ReturnOptionFields } from './return-option-fields.js';
import { ItemQuantityFields } from './item-quantity-fields.js';

interface ApprovalForm extends ReturnOptions {
  amount: string;
  note?: string;
}

/** Approves the requested amount or less. The button shows the amount, so that staff notice a wrong one. */
export function ApproveDialog({ refund, onClose }: { refund: RefundRecord; onClose: () => void }): ReactNode {
  const { refunds: t } = useTranslations();
  const [form] = Form.useForm<ApprovalForm>();
  const typed = Form.useWatch((values: Partial<ApprovalForm>) => values.amount, form);
  const fen = parseYuan(typed ?? formatPlainYuan(refund.amountFen));
  const { run, isRunning } = useApproveRefund(refund.refundNo, form, onClose);
  return (
    <FormDialog
      form={form}
      title={t.approveTitle}
      okText={t.confirmApprove(fen === null ? '¥–' : formatYuan(fen))}
      initialValues={{ amount: formatPlainYuan(refund.amountFen), ...DEFAULT_RETURN_OPTIONS }}
      isInvalid={!isAmountAllowed(fen, refund.amountFen)}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <ItemQuantityFields
        items={refund.order.items}
        hasEarlier={refund.parts.length > 1}
        onSelect={(pickedFen) => form.setFieldsValue({ amount: formatPlainYuan(pickedFen) })}
      />
      <AmountField refund={refund} fen={fen} />
      <ReturnOptionFields
        items={refund.order.items}
        isShipped={refund.shipments.length > 0}
        isFull={refund.facts.isFull && fen === refund.amountFen}
        hasCoupon={refund.order.couponId !== null}
      />
      <Form.Item name="note" label={t.note}>
        <Input.TextArea maxLength={500} rows={3} />
      </Form.Item>
    </FormDialog>
  );
}

function AmountField({ refund: { amountFen }, fen }: { refund: RefundRecord; fen: number | null }): ReactNode {
  const { refunds: t } = useTranslations();
  const tooLargeText = t.amountTooLarge(formatYuan(amountFen));
  const isLess = fen !== null && fen > 0 && fen < amountFen;
  return (
    <>
      <Form.Item
        name="amount"
        label={t.amount}
        rules={[yuanRule({ maxFen: amountFen, invalidText: t.amountInvalid, tooLargeText })]}
      >
        <Input prefix="¥" inputMode="decimal" autoFocus autoComplete="off" maxLength={20} />
      </Form.Item>
      {isLess && <Alert className="gap-below" type="info" title={t.lessThanRequested(formatYuan(amountFen - fen))} />}
    </>
  );
}

function useApproveRefund(
  refundNo: string,
  form: FormInstance<ApprovalForm>,
  onDone: () => void,
): ReturnType<typeof useAction<ApprovalForm>> {
  const { refunds: t } = useTranslations();
  const { message } = App.useApp();
  return useAction({
    form,
    fieldNames: { amountFen: 'amount', returnStock: 'stock', returnItems: 'stock', returnCoupon: 'coupon' },
    request: ({ amount, note, ...returnOptions }: ApprovalForm) => {
      const amountFen = parseYuan(amount);
      if (amountFen === null) throw new Error('The form validates the amount before it submits.');
      const body = {
        amountFen,
        ...(note && { note }),
        ...toReturnFieldsBody(returnOptions),
      };
      return unwrap(api.POST('/admin/api/refunds/{refundNo}/approve', { params: { path: { refundNo } }, body }));
    },
    onSuccess: () => {
      void message.success(t.approvedToast);
      onDone();
    },
  });
}
