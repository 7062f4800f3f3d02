import { Form, InputNumber, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { Schemas } from '../../../api/client.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import type { ReturnOptions } from './return-options.js';

interface ReturnOptionFieldsProps {
  items: Schemas['OrderView']['items'];
  isShipped: boolean;
  /** True if the typed amount completes a full refund of the order. Only then can the coupon be returned. */
  isFull: boolean;
  hasCoupon: boolean;
}

/** Which quantities return to stock, and whether the coupon is returned. Both are independent of the amount. */
export function ReturnOptionFields({ items, isShipped, isFull, hasCoupon }: ReturnOptionFieldsProps): ReactNode {
  const { refunds: t } = useTranslations();
  const form = Form.useFormInstance<ReturnOptions>();
  const stock = Form.useWatch((values: Partial<ReturnOptions>) => values.stock, form);
  return (
    <>
      <Form.Item name="stock" label={t.stock} extra={isShipped ? t.stockShippedHint : t.stockHint}>
        <Radio.Group
          options={[
            { value: 'auto', label: isShipped ? t.stockAutoShipped : t.stockAuto },
            { value: 'items', label: t.stockItems },
            { value: 'none', label: t.stockNo },
          ]}
        />
      </Form.Item>
      {stock === 'items' && <ReturnQuantityFields items={items} />}
      {hasCoupon && (
        <Form.Item name="coupon" label={t.returnCoupon} extra={isFull ? undefined : t.couponHint}>
          <Radio.Group
            options={[
              { value: 'auto', label: isShipped ? t.couponAutoShipped : t.couponAuto },
              { value: 'yes', label: t.couponYes, disabled: !isFull },
              { value: 'no', label: t.couponNo },
            ]}
          />
        </Form.Item>
      )}
    </>
  );
}

function ReturnQuantityFields({ items }: Pick<ReturnOptionFieldsProps, 'items'>): ReactNode {
  const { orders, refunds: t } = useTranslations();
  return (
    <table className="lines gap-below">
      <thead>
        <tr>
          <th>{orders.items}</th>
          <th className="right">{t.canReturn}</th>
          <th className="right">{t.piecesToStock}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(
          ({ productId, name, quantity, returnedQuantity }) =>
            productId !== null && (
              <tr key={productId}>
                <td>{name}</td>
                <td className="right number">{quantity - returnedQuantity}</td>
                <td className="right">
                  <Form.Item name={['quantities', productId]} initialValue={0} noStyle>
                    <InputNumber
                      size="small"
                      aria-label={`${t.piecesToStock}: ${name}`}
                      min={0}
                      max={quantity - returnedQuantity}
                      precision={0}
                    />
                  </Form.Item>
                </td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}
