import { Alert, App, Form, type FormInstance, Input } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { fenOf, plainYuan, yuan } from '../../money.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { useAction } from '../../shared/use-action.js';
import { isAmountWithin, yuanRule } from '../../shared/yuan-rule.js';
import { useWords } from '../../words/words.js';
import type { RefundCase } from './case.js';
import { goodsBody, type GoodsDraft, NO_CHOICE } from './goods.js';
import { GoodsFields } from './goods-fields.js';
import { LinePicker } from './line-picker.js';

interface Approval extends GoodsDraft {
  amount: string;
  note?: string;
}

/** Approves in full or less. The button says the amount, so that nobody sends another than they mean. */
export function ApproveDialog({ refund, onClose }: { refund: RefundCase; onClose: () => void }): ReactNode {
  const { refunds: words } = useWords();
  const [form] = Form.useForm<Approval>();
  const typed = Form.useWatch((values: Partial<Approval>) => values.amount, form);
  const fen = fenOf(typed ?? plainYuan(refund.amountFen));
  const { run, isRunning } = useApproval(refund.refundNo, form, onClose);
  return (
    <FormDialog
      form={form}
      title={words.approveTitle}
      okText={words.confirmApprove(fen === null ? '¥–' : yuan(fen))}
      initialValues={{ amount: plainYuan(refund.amountFen), ...NO_CHOICE }}
      isRefused={!isAmountWithin(fen, refund.amountFen)}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
    >
      <LinePicker
        items={refund.order.items}
        hasEarlier={refund.parts.length > 1}
        onPick={(picked) => form.setFieldsValue({ amount: plainYuan(picked) })}
      />
      <AmountField refund={refund} fen={fen} />
      <GoodsFields
        items={refund.order.items}
        isShipped={refund.shipments.length > 0}
        isFull={refund.facts.isFull && fen === refund.amountFen}
        hasCoupon={refund.order.couponId !== null}
      />
      <Form.Item name="note" label={words.note}>
        <Input.TextArea maxLength={500} rows={3} />
      </Form.Item>
    </FormDialog>
  );
}

function AmountField({ refund: { amountFen }, fen }: { refund: RefundCase; fen: number | null }): ReactNode {
  const { refunds: words } = useWords();
  const most = { most: amountFen, tooMuch: words.amountTooMuch(yuan(amountFen)) };
  const isLess = fen !== null && fen > 0 && fen < amountFen;
  return (
    <>
      <Form.Item name="amount" label={words.amount} rules={[yuanRule({ ...most, wrong: words.amountWrong })]}>
        <Input prefix="¥" inputMode="decimal" autoFocus autoComplete="off" maxLength={20} />
      </Form.Item>
      {isLess && <Alert className="gap-below" type="info" title={words.lessFrees(yuan(amountFen - fen))} />}
    </>
  );
}

function useApproval(
  refundNo: string,
  form: FormInstance<Approval>,
  onDone: () => void,
): ReturnType<typeof useAction<Approval>> {
  const { refunds: words } = useWords();
  const { message } = App.useApp();
  return useAction({
    form,
    fieldNames: { amountFen: 'amount', returnStock: 'goods', returnItems: 'goods', returnCoupon: 'coupon' },
    work: ({ amount, note, ...goods }: Approval) => {
      const amountFen = fenOf(amount);
      if (amountFen === null) throw new Error('The form lets no other amount through.');
      const body = {
        amountFen,
        ...(note && { note }),
        ...goodsBody(goods),
      };
      return answered(api.POST('/admin/api/refunds/{refundNo}/approve', { params: { path: { refundNo } }, body }));
    },
    then: () => {
      void message.success(words.approvedNow);
      onDone();
    },
  });
}
