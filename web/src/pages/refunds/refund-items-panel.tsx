import type { ReactNode } from 'react';
import { CopyableText } from '../../components/copyable-text.js';
import { Instant } from '../../components/instant.js';
import { Money } from '../../components/money.js';
import { DescriptionList } from '../../components/description-list.js';
import { OrderItemsTable } from '../../components/order-items-table.js';
import { useTranslations } from '../../i18n/language-provider.js';
import type { RefundRecord } from './refund-details.js';

/** The items of the order, its shipments, what returns to stock with this refund, and the coupon. */
export function RefundItemsPanel({ refund }: { refund: RefundRecord }): ReactNode {
  const { refunds: t, shipping } = useTranslations();
  const { order, shipments, shippedAt, coupon, returnItems } = refund;
  const nameOf = (productId: string): string =>
    order.items.find((item) => item.productId === productId)?.name ?? productId;
  return (
    <div className="panel wide-facts">
      <h2>{t.items}</h2>
      <OrderItemsTable items={order.items} />
      <p className={shipments.length > 0 ? 'bad' : 'quiet'}>
        {refund.shipmentsCount > 0 ? t.shippedParcels(refund.shipmentsCount) : t.notShipped}
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
          [t.couponUsed, coupon === null ? undefined : <Coupon key="coupon" coupon={coupon} />],
          [
            t.returnsToStock,
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
  const { refunds: t } = useTranslations();
  return (
    <>
      {coupon.name} <Money fen={coupon.discountFen} />{' '}
      {!coupon.isHeld && <span className="quiet">{t.couponReturned}</span>}
    </>
  );
}
