import { Alert, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type RefundRecord } from '../../../api/client.js';
import { YuanField } from '../../../components/form/fields.js';
import { FormDialog } from '../../../components/form/form-dialog.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { fenOf, formatPlainYuan, formatYuan, isAmountAllowed, parseYuan } from '../../../utils/money.js';
import { ItemQuantityFields } from './item-quantity-fields.js';
import { ReturnOptionFields } from './return-option-fields.js';
import { DEFAULT_RETURN_OPTIONS, type ReturnOptions, toReturnFieldsBody } from './return-options.js';

interface ApprovalForm extends ReturnOptions {
  amount: string;
  note?: string;
}

/** Approves the requested amount or less. The button shows the amount, so that staff notice a wrong one. */
export function ApproveDialog({ refund, onClose }: { refund: RefundRecord; onClose: () => void }): ReactNode {
  const { refunds: t } = useTranslations();
  const [form] = Form.useForm<ApprovalForm>();
  const { refundNo, amountFen, order } = refund;
  const typed = Form.useWatch((values: Partial<ApprovalForm>) => values.amount, form);
  const fen = parseYuan(typed ?? formatPlainYuan(amountFen));
  const isLess = fen !== null && fen > 0 && fen < amountFen;
  const params = { path: { refundNo } };
  return (
    <FormDialog
      form={form}
      title={t.approveTitle}
      okText={t.confirmApprove(fen === null ? '¥–' : formatYuan(fen))}
      initialValues={{ amount: formatPlainYuan(amountFen), ...DEFAULT_RETURN_OPTIONS }}
      isInvalid={!isAmountAllowed(fen, amountFen)}
      request={(draft: ApprovalForm) =>
        unwrap(api.POST('/admin/api/refunds/{refundNo}/approve', { params, body: bodyOf(draft) }))
      }
      fieldNames={{ amountFen: 'amount', returnStock: 'stock', returnItems: 'stock', returnCoupon: 'coupon' }}
      successText={t.approvedToast}
      onClose={onClose}
    >
      <ItemQuantityFields
        items={order.items}
        hasEarlier={refund.otherRefunds.length > 0}
        onSelect={(pickedFen) => form.setFieldsValue({ amount: formatPlainYuan(pickedFen) })}
      />
      <YuanField
        label={t.amount}
        maxFen={amountFen}
        invalidText={t.amountInvalid}
        tooLargeText={t.amountTooLarge(formatYuan(amountFen))}
        autoFocus
      />
      {isLess && <Alert className="gap-below" type="info" title={t.lessThanRequested(formatYuan(amountFen - fen))} />}
      <ReturnOptionFields
        items={order.items}
        isShipped={refund.shipments.length > 0}
        isFull={refund.facts.isFull && fen === amountFen}
        hasCoupon={order.couponId !== null}
      />
      <Form.Item name="note" label={t.note}>
        <Input.TextArea maxLength={500} rows={3} />
      </Form.Item>
    </FormDialog>
  );
}

function bodyOf({ amount, note, ...returnOptions }: ApprovalForm) {
  return { amountFen: fenOf(amount), ...(note && { note }), ...toReturnFieldsBody(returnOptions) };
}
