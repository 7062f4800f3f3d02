import type { ReactNode } from 'react';
import { Instant, Money, CopyableText } from '../../components/status-tags.js';
import { DescriptionList } from '../../components/description-list.js';
import { OrderItemsTable } from '../../components/order-items-table.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';

/** What was bought, what of it has left the shop, what returns with this refund, and the coupon. */
export function GoodsPanel({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: words, shipping } = useTranslations();
  const { order, shipments, shippedAt, coupon, returnItems } = refund;
  const nameOf = (productId: string): string =>
    order.items.find((item) => item.productId === productId)?.name ?? productId;
  return (
    <div className="panel wide-facts">
      <h2>{words.items}</h2>
      <OrderItemsTable items={order.items} />
      <p className={shipments.length > 0 ? 'bad' : 'quiet'}>
        {refund.shipmentsCount > 0 ? words.shippedParcels(refund.shipmentsCount) : words.notShipped}
      </p>
      <DescriptionList
        items={[
          ...shipments.map(({ shipmentNo, kind, carrier, trackingNo, shippedAt: at }): [string, ReactNode] => [
            shipping.parcel(shipmentNo),
            <span key={shipmentNo}>
              {carrier ?? shipping.kinds[kind]} {trackingNo !== null && <CopyableText text={trackingNo} />}{' '}
              <Instant at={at} />
            </span>,
          ]),
          [shipping.shippedAt, shippedAt === null ? undefined : <Instant key="shipped" at={shippedAt} />],
          [words.couponUsed, coupon === null ? undefined : <Coupon key="coupon" coupon={coupon} />],
          [
            words.returns,
            returnItems.length === 0
              ? undefined
              : returnItems.map(({ productId, quantity }) => `${nameOf(productId)} × ${quantity}`).join('；'),
          ],
        ]}
      />
    </div>
  );
}

function Coupon({ coupon }: { coupon: NonNullable<RefundRecord['coupon']> }): ReactNode {
  const { refunds: words } = useTranslations();
  return (
    <>
      {coupon.name} <Money fen={coupon.discountFen} />{' '}
      {!coupon.isHeld && <span className="quiet">{words.couponIsBack}</span>}
    </>
  );
}
