import { Alert, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type Coupon } from '../../api/client.js';
import { YuanField } from '../../components/form/fields.js';
import { FormDialog } from '../../components/form/form-dialog.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { fenOf, formatPlainYuan } from '../../utils/money.js';
import { instantOfMinute, minuteOf } from '../../utils/time.js';

/** As typed: yuan, and a minute in the browser's time zone. */
interface CouponForm {
  name: string;
  discount: string;
  minSpend?: string;
  end: string;
}

/** Creates or changes a coupon. A change applies to all users who have it, except where an order uses it already. */
export function CouponDialog({ coupon, onClose }: { coupon: Coupon | null; onClose: () => void }): ReactNode {
  const { common, coupons: t } = useTranslations();
  return (
    <FormDialog<CouponForm>
      title={coupon ? t.editTitle : t.add}
      okText={common.save}
      initialValues={coupon ? couponFormOf(coupon) : {}}
      request={(draft) => saveCoupon(coupon, draft)}
      fieldNames={{ discountFen: 'discount', minSpendFen: 'minSpend', expiresAt: 'end' }}
      successText={common.saved}
      onClose={onClose}
      notice={coupon && coupon.grantedCount > 0 && <Alert className="gap-below" type="info" title={t.editHint} />}
    >
      <Form.Item name="name" label={common.name} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus placeholder={t.nameHint} />
      </Form.Item>
      <YuanField name="discount" label={t.discountInput} invalidText={t.discountInvalid} />
      <YuanField
        name="minSpend"
        label={t.minSpendInput}
        extra={t.minSpendHint}
        minFen={0}
        invalidText={t.minSpendInvalid}
      />
      <Form.Item name="end" label={t.expiresAt} extra={t.expiresAtHint} rules={[{ required: true }]}>
        <Input type="datetime-local" max="9998-12-31T23:59" />
      </Form.Item>
    </FormDialog>
  );
}

function couponFormOf({ name, discountFen, minSpendFen, expiresAt }: Coupon): CouponForm {
  return {
    name,
    discount: formatPlainYuan(discountFen),
    end: minuteOf(expiresAt),
    ...(minSpendFen > 0 && { minSpend: formatPlainYuan(minSpendFen) }),
  };
}

function saveCoupon(coupon: Coupon | null, { name, discount, minSpend = '', end }: CouponForm): Promise<Coupon> {
  const minSpendFen = minSpend.trim() === '' ? 0 : fenOf(minSpend);
  // An unchanged time keeps its seconds.
  const isSame = coupon !== null && end === minuteOf(coupon.expiresAt);
  const expiresAt = isSame ? coupon.expiresAt : instantOfMinute(end);
  const body = { name, discountFen: fenOf(discount), minSpendFen, expiresAt };
  if (!coupon) return unwrap(api.POST('/admin/api/coupons', { body }));
  return unwrap(api.PATCH('/admin/api/coupons/{id}', { params: { path: { id: coupon.id } }, body }));
}
