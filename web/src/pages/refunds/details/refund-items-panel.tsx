import type { ReactNode } from 'react';
import { Instant, Money } from '../../../components/values.js';
import { copyable, type Description, DescriptionList, instant } from '../../../components/description-list.js';
import { OrderItemsTable } from '../../../components/order-items-table.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import type { RefundRecord } from '../../../api/client.js';

/** The items of the order, its shipments, what returns to stock with this refund, and the coupon. */
export function RefundItemsPanel({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: t, shipping } = useTranslations();
  const { order, shipments, shippedAt, coupon, returnItems } = refund;
  const quantityText = ({ productId, quantity }: (typeof returnItems)[number]): string =>
    `${order.items.find((item) => item.productId === productId)?.name ?? productId} × ${quantity}`;
  return (
    <div className="panel wide-descriptions">
      <h2>{t.items}</h2>
      <OrderItemsTable items={order.items} />
      <p className={shipments.length > 0 ? 'bad' : 'quiet'}>
        {refund.shipmentsCount > 0 ? t.shippedParcels(refund.shipmentsCount) : t.notShipped}
      </p>
      <DescriptionList
        items={[
          ...shipments.map(({ shipmentNo, kind, carrier, trackingNo, shippedAt: at }): Description => [
            shipping.parcel(shipmentNo),
            <>
              {carrier ?? shipping.kinds[kind]} {copyable(trackingNo)} <Instant at={at} />
            </>,
          ]),
          [shipping.shippedAt, instant(shippedAt)],
          [t.couponUsed, coupon && <Coupon coupon={coupon} />],
          [t.returnsToStock, returnItems.length > 0 && returnItems.map(quantityText).join('；')],
        ]}
      />
    </div>
  );
}

function Coupon({ coupon }: { coupon: NonNullable<RefundRecord['coupon']> }): ReactNode {
  const { refunds: t } = useTranslations();
  return (
    <>
      {coupon.name} <Money fen={coupon.discountFen} />{' '}
      {!coupon.isUsedByOrder && <span className="quiet">{t.couponReturned}</span>}
    </>
  );
}
