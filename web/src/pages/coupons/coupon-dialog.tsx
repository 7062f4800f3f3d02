import { Alert, App, Form, type FormInstance, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api } from '../../api/client.js';
import { parseYuan, formatPlainYuan } from '../../utils/money.js';
import { FormDialog } from '../../components/form-dialog.js';
import { instantOfMinute, minuteOf } from '../../utils/time.js';
import { useAction } from '../../hooks/use-action.js';
import { yuanRule } from '../../utils/yuan-rule.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { Coupon } from './coupons-page.js';

/** As typed: yuan, and a minute in the zone of this browser. */
interface CouponForm {
  name: string;
  discount: string;
  minSpend?: string;
  end: string;
}

/** Makes a kind of coupon, or changes one for all who hold one of it. */
export function CouponDialog({ coupon, onClose }: { coupon: Coupon | null; onClose: () => void }): ReactNode {
  const { common, coupons: words } = useTranslations();
  const [form] = Form.useForm<CouponForm>();
  const { run, isRunning } = useSaveCoupon(coupon, form, onClose);
  return (
    <FormDialog
      form={form}
      title={coupon ? words.editTitle : words.add}
      okText={common.save}
      initialValues={coupon ? couponFormOf(coupon) : {}}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
      notice={coupon && coupon.grantedCount > 0 && <Alert className="gap-below" type="info" title={words.editHint} />}
    >
      <Form.Item name="name" label={words.name} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus placeholder={words.nameHint} />
      </Form.Item>
      <Form.Item name="discount" label={words.discountInput} rules={[yuanRule({ invalidText: words.discountWrong })]}>
        <Input prefix="¥" inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item
        name="minSpend"
        label={words.minSpendInput}
        extra={words.minSpendHint}
        rules={[yuanRule({ minFen: 0, invalidText: words.minSpendWrong })]}
      >
        <Input prefix="¥" inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item name="end" label={words.expiresAt} extra={words.endHint} rules={[{ required: true }]}>
        <Input type="datetime-local" max="9998-12-31T23:59" />
      </Form.Item>
    </FormDialog>
  );
}

function couponFormOf({ name, discountFen, minSpendFen, expiresAt }: Coupon): CouponForm {
  return {
    ...{ name, discount: formatPlainYuan(discountFen), end: minuteOf(expiresAt) },
    ...(minSpendFen > 0 && { minSpend: formatPlainYuan(minSpendFen) }),
  };
}

function useSaveCoupon(
  coupon: Coupon | null,
  form: FormInstance<CouponForm>,
  onDone: () => void,
): ReturnType<typeof useAction<CouponForm>> {
  const { coupons: words } = useTranslations();
  const { message } = App.useApp();
  return useAction<CouponForm, Coupon>({
    form,
    fieldNames: { discountFen: 'discount', minSpendFen: 'minSpend', expiresAt: 'end' },
    request: ({ name, discount, minSpend = '', end }) => {
      const [discountFen, minSpendFen] = [parseYuan(discount), minSpend.trim() === '' ? 0 : parseYuan(minSpend)];
      if (discountFen === null || minSpendFen === null) throw new Error('The form lets no other amount through.');
      // The seconds of a date that was not touched stay.
      const isSame = coupon !== null && end === minuteOf(coupon.expiresAt);
      const expiresAt = isSame ? coupon.expiresAt : instantOfMinute(end);
      const body = { name, discountFen, minSpendFen, expiresAt };
      if (!coupon) return unwrap(api.POST('/admin/api/coupons', { body }));
      return unwrap(api.PATCH('/admin/api/coupons/{id}', { params: { path: { id: coupon.id } }, body }));
    },
    onSuccess: () => {
      void message.success(words.saved);
      onDone();
    },
  });
}
