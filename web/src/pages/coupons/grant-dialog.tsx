import { App, Form, type FormInstance, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { FormDialog } from '../../components/form-dialog.js';
import { useAction } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { Coupon } from './coupons-page.js';

/** Grants one coupon. The dialog keeps one idempotency key, so that submitting it twice grants one coupon. */
export function GrantDialog({ coupon, onClose }: { coupon: Coupon; onClose: () => void }): ReactNode {
  const { coupons: t } = useTranslations();
  const [form] = Form.useForm<{ who: string }>();
  const { run, isRunning } = useGrantCoupon(coupon, form, onClose);
  return (
    <FormDialog
      form={form}
      title={t.grantTitle(coupon.name)}
      okText={t.grant}
      isRunning={isRunning}
      onFinish={({ who }) => run(who.trim())}
      onClose={onClose}
    >
      <Form.Item name="who" label={t.recipient} extra={t.recipientHint} rules={[{ required: true, whitespace: true }]}>
        <Input autoFocus maxLength={64} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}

function useGrantCoupon(
  { id }: Coupon,
  form: FormInstance<{ who: string }>,
  onDone: () => void,
): ReturnType<typeof useAction<string>> {
  const { coupons: t } = useTranslations();
  const { message } = App.useApp();
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  return useAction<string, Schemas['GrantedCouponView']>({
    form,
    fieldNames: { userId: 'who', q: 'who' },
    request: async (who) => {
      const userId = (await findBuyerId(who)) ?? who;
      return unwrap(
        api.POST('/admin/api/coupons/{id}/grant', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { userId },
        }),
      );
    },
    onSuccess: ({ userId }) => {
      void message.success(t.grantedToast(userId));
      onDone();
    },
  });
}

/** The buyer of the order with this number (any order, payment, WeChat or refund number); null if there is none. */
async function findBuyerId(number: string): Promise<string | null> {
  const { items } = await unwrap(api.GET('/admin/api/orders', { params: { query: { q: number, limit: 1 } } }));
  const [order] = items;
  if (!order) return null;
  const path = { orderNo: order.orderNo };
  return (await unwrap(api.GET('/admin/api/orders/{orderNo}', { params: { path } }))).userId;
}
