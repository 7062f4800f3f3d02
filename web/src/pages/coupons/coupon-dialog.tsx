import { Alert, App, Form, type FormInstance, Input } from 'antd';
import type { ReactNode } from 'react';
import { answered, api } from '../../api/client.js';
import { fenOf, plainYuan } from '../../money.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { instantOfMinute, minuteOf } from '../../shared/time.js';
import { useAction } from '../../shared/use-action.js';
import { yuanRule } from '../../shared/yuan-rule.js';
import { useWords } from '../../words/words.js';
import type { Coupon } from './coupons-page.js';

/** As typed: yuan, and a minute in the zone of this browser. */
interface Facts {
  name: string;
  discount: string;
  minSpend?: string;
  end: string;
}

/** Makes a kind of coupon, or changes one for all who hold one of it. */
export function CouponDialog({ coupon, onClose }: { coupon: Coupon | null; onClose: () => void }): ReactNode {
  const { common, coupons: words } = useWords();
  const [form] = Form.useForm<Facts>();
  const { run, isRunning } = useSaving(coupon, form, onClose);
  return (
    <FormDialog
      form={form}
      title={coupon ? words.editTitle : words.add}
      okText={common.save}
      initialValues={coupon ? factsOf(coupon) : {}}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
      notice={coupon && coupon.grantedCount > 0 && <Alert className="gap-below" type="info" title={words.editHint} />}
    >
      <Form.Item name="name" label={words.name} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus placeholder={words.nameHint} />
      </Form.Item>
      <Form.Item name="discount" label={words.discountInput} rules={[yuanRule({ wrong: words.discountWrong })]}>
        <Input prefix="¥" inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item
        name="minSpend"
        label={words.minSpendInput}
        extra={words.minSpendHint}
        rules={[yuanRule({ least: 0, wrong: words.minSpendWrong })]}
      >
        <Input prefix="¥" inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item name="end" label={words.expiresAt} extra={words.endHint} rules={[{ required: true }]}>
        <Input type="datetime-local" max="9998-12-31T23:59" />
      </Form.Item>
    </FormDialog>
  );
}

function factsOf({ name, discountFen, minSpendFen, expiresAt }: Coupon): Facts {
  return {
    ...{ name, discount: plainYuan(discountFen), end: minuteOf(expiresAt) },
    ...(minSpendFen > 0 && { minSpend: plainYuan(minSpendFen) }),
  };
}

function useSaving(
  coupon: Coupon | null,
  form: FormInstance<Facts>,
  onDone: () => void,
): ReturnType<typeof useAction<Facts>> {
  const { coupons: words } = useWords();
  const { message } = App.useApp();
  return useAction<Facts, Coupon>({
    form,
    fieldNames: { discountFen: 'discount', minSpendFen: 'minSpend', expiresAt: 'end' },
    work: ({ name, discount, minSpend = '', end }) => {
      const [discountFen, minSpendFen] = [fenOf(discount), minSpend.trim() === '' ? 0 : fenOf(minSpend)];
      if (discountFen === null || minSpendFen === null) throw new Error('The form lets no other amount through.');
      // The seconds of a date that was not touched stay.
      const isSame = coupon !== null && end === minuteOf(coupon.expiresAt);
      const expiresAt = isSame ? coupon.expiresAt : instantOfMinute(end);
      const body = { name, discountFen, minSpendFen, expiresAt };
      if (!coupon) return answered(api.POST('/admin/api/coupons', { body }));
      return answered(api.PATCH('/admin/api/coupons/{id}', { params: { path: { id: coupon.id } }, body }));
    },
    then: () => {
      void message.success(words.saved);
      onDone();
    },
  });
}
