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

/** As typed: yuan, and a minute in the browser's time zone. */
interface CouponForm {
  name: string;
  discount: string;
  minSpend?: string;
  end: string;
}

/** Creates or changes a coupon. A change applies to all users who hold it. */
export function CouponDialog({ coupon, onClose }: { coupon: Coupon | null; onClose: () => void }): ReactNode {
  const { common, coupons: t } = useTranslations();
  const [form] = Form.useForm<CouponForm>();
  const { run, isRunning } = useSaveCoupon(coupon, form, onClose);
  return (
    <FormDialog
      form={form}
      title={coupon ? t.editTitle : t.add}
      okText={common.save}
      initialValues={coupon ? couponFormOf(coupon) : {}}
      isRunning={isRunning}
      onFinish={run}
      onClose={onClose}
      notice={coupon && coupon.grantedCount > 0 && <Alert className="gap-below" type="info" title={t.editHint} />}
    >
      <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus placeholder={t.nameHint} />
      </Form.Item>
      <Form.Item name="discount" label={t.discountInput} rules={[yuanRule({ invalidText: t.discountInvalid })]}>
        <Input prefix="¥" inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item
        name="minSpend"
        label={t.minSpendInput}
        extra={t.minSpendHint}
        rules={[yuanRule({ minFen: 0, invalidText: t.minSpendInvalid })]}
      >
        <Input prefix="¥" inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item name="end" label={t.expiresAt} extra={t.expiresAtHint} rules={[{ required: true }]}>
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
  const { coupons: t } = useTranslations();
  const { message } = App.useApp();
  return useAction<CouponForm, Coupon>({
    form,
    fieldNames: { discountFen: 'discount', minSpendFen: 'minSpend', expiresAt: 'end' },
    request: ({ name, discount, minSpend = '', end }) => {
      const [discountFen, minSpendFen] = [parseYuan(discount), minSpend.trim() === '' ? 0 : parseYuan(minSpend)];
      if (discountFen === null || minSpendFen === null)
        throw new Error('The form validates the amount before it submits.');
      // An unchanged time keeps its seconds.
      const isSame = coupon !== null && end === minuteOf(coupon.expiresAt);
      const expiresAt = isSame ? coupon.expiresAt : instantOfMinute(end);
      const body = { name, discountFen, minSpendFen, expiresAt };
      if (!coupon) return unwrap(api.POST('/admin/api/coupons', { body }));
      return unwrap(api.PATCH('/admin/api/coupons/{id}', { params: { path: { id: coupon.id } }, body }));
    },
    onSuccess: () => {
      void message.success(t.savedToast);
      onDone();
    },
  });
}
