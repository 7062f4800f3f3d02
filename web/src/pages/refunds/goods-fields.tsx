import { Form, InputNumber, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { GoodsDraft } from './goods.js';

interface GoodsFieldsProps {
  items: Schemas['OrderView']['items'];
  isShipped: boolean;
  /** With the amount as it is typed, all of the order's money is given back: only then can the coupon return. */
  isFull: boolean;
  hasCoupon: boolean;
}

/** Which pieces return to stock, and whether the coupon returns: decided apart from the amount. */
export function GoodsFields({ items, isShipped, isFull, hasCoupon }: GoodsFieldsProps): ReactNode {
  const { refunds: words } = useTranslations();
  const form = Form.useFormInstance<GoodsDraft>();
  const goods = Form.useWatch((values: Partial<GoodsDraft>) => values.goods, form);
  return (
    <>
      <Form.Item name="goods" label={words.stock} extra={isShipped ? words.stockShippedHint : words.stockHint}>
        <Radio.Group
          options={[
            { value: 'auto', label: isShipped ? words.stockAutoShipped : words.stockAuto },
            { value: 'items', label: words.stockItems },
            { value: 'none', label: words.stockNo },
          ]}
        />
      </Form.Item>
      {goods === 'items' && <PieceFields items={items} />}
      {hasCoupon && (
        <Form.Item name="coupon" label={words.couponBack} extra={isFull ? undefined : words.couponHint}>
          <Radio.Group
            options={[
              { value: 'auto', label: isShipped ? words.couponAutoShipped : words.couponAuto },
              { value: 'yes', label: words.couponYes, disabled: !isFull },
              { value: 'no', label: words.couponNo },
            ]}
          />
        </Form.Item>
      )}
    </>
  );
}

function PieceFields({ items }: Pick<GoodsFieldsProps, 'items'>): ReactNode {
  const { orders, refunds: words } = useTranslations();
  return (
    <table className="lines gap-below">
      <thead>
        <tr>
          <th>{orders.items}</th>
          <th className="right">{words.canReturn}</th>
          <th className="right">{words.piecesToStock}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ productId, name, quantity, returnedQuantity }) => (
          <tr key={productId}>
            <td>{name}</td>
            <td className="right number">{quantity - returnedQuantity}</td>
            <td className="right">
              <Form.Item name={['pieces', productId]} initialValue={0} noStyle>
                <InputNumber
                  size="small"
                  aria-label={`${words.piecesToStock}: ${name}`}
                  min={0}
                  max={quantity - returnedQuantity}
                  precision={0}
                />
              </Form.Item>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
