import { App, Form, type FormInstance, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas } from '../../api/client.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { useAction } from '../../shared/use-action.js';
import { useWords } from '../../words/words.js';
import type { Coupon } from './coupons-page.js';

/** Hands one coupon out. One opened dialog is one coupon, however often it is sent. */
export function GrantDialog({ coupon, onClose }: { coupon: Coupon; onClose: () => void }): ReactNode {
  const { coupons: words } = useWords();
  const [form] = Form.useForm<{ who: string }>();
  const { run, isRunning } = useGranting(coupon, form, onClose);
  return (
    <FormDialog
      form={form}
      title={words.grantTitle(coupon.name)}
      okText={words.grant}
      isRunning={isRunning}
      onFinish={({ who }) => run(who.trim())}
      onClose={onClose}
    >
      <Form.Item name="who" label={words.who} extra={words.whoHint} rules={[{ required: true, whitespace: true }]}>
        <Input autoFocus maxLength={64} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}

function useGranting(
  { id }: Coupon,
  form: FormInstance<{ who: string }>,
  onDone: () => void,
): ReturnType<typeof useAction<string>> {
  const { coupons: words } = useWords();
  const { message } = App.useApp();
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  return useAction<string, Schemas['GrantedCouponView']>({
    form,
    fieldNames: { userId: 'who', q: 'who' },
    work: async (who) => {
      const userId = (await buyerOf(who)) ?? who;
      return answered(
        api.POST('/admin/api/coupons/{id}/grant', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { userId },
        }),
      );
    },
    then: ({ userId }) => {
      void message.success(words.granted(userId));
      onDone();
    },
  });
}

/** Whoever placed the order that bears this number, ours or WeChat's; null when there is none. */
async function buyerOf(number: string): Promise<string | null> {
  const { items } = await answered(api.GET('/admin/api/orders', { params: { query: { q: number, limit: 1 } } }));
  const [order] = items;
  if (!order) return null;
  const path = { orderNo: order.orderNo };
  return (await answered(api.GET('/admin/api/orders/{orderNo}', { params: { path } }))).userId;
}
