import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { unwrap, api, type Coupon } from '../../api/client.js';
import { FormDialog } from '../../components/form/form-dialog.js';
import { useIdempotencyKey } from '../../hooks/use-action.js';
import { useTranslations } from '../../i18n/language-provider.js';

/** Grants one coupon. Submitting the dialog twice grants one coupon. */
export function GrantDialog({ coupon: { id, name }, onClose }: { coupon: Coupon; onClose: () => void }): ReactNode {
  const { coupons: t } = useTranslations();
  const params = { path: { id }, header: { 'Idempotency-Key': useIdempotencyKey() } };
  return (
    <FormDialog
      title={t.grantTitle(name)}
      okText={t.grant}
      request={async ({ who }: { who: string }) => {
        const userId = (await findBuyerId(who.trim())) ?? who.trim();
        return unwrap(api.POST('/admin/api/coupons/{id}/grant', { params, body: { userId } }));
      }}
      fieldNames={{ userId: 'who', q: 'who' }}
      successText={({ userId }) => t.grantedToast(userId)}
      onClose={onClose}
    >
      <Form.Item name="who" label={t.recipient} extra={t.recipientHint} rules={[{ required: true, whitespace: true }]}>
        <Input autoFocus maxLength={64} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}

/** The buyer of the order with this number (any order, payment, WeChat or refund number); null if there is none. */
async function findBuyerId(number: string): Promise<string | null> {
  const { items } = await unwrap(api.GET('/admin/api/orders', { params: { query: { q: number, limit: 1 } } }));
  const [order] = items;
  if (!order) return null;
  const path = { orderNo: order.orderNo };
  return (await unwrap(api.GET('/admin/api/orders/{orderNo}', { params: { path } }))).userId;
}
