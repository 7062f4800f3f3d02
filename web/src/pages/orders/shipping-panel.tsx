import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { CopyableText } from '../../components/copyable-text.js';
import { Instant } from '../../components/instant.js';
import { describeErrorCode } from '../../utils/error-code.js';
import { DescriptionList } from '../../components/description-list.js';
import { Label, type LabelTone } from '../../components/label.js';
import { useOlderRows } from '../../hooks/use-older-rows.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { EditShipmentDialog } from './edit-shipment-dialog.js';
import type { OrderRecord } from './order-details.js';
import { ShipDialog } from './ship-dialog.js';

type Shipment = Schemas['ShipmentView'];

const TONES: Record<Shipment['state'], LabelTone> = { WAITING: 'move', UPLOADED: 'good', STUCK: 'bad', KEPT: 'plain' };

/** The parcels of a paid order, their upload to WeChat, and the settlement. */
export function ShippingPanel({ order }: { order: OrderRecord }): ReactNode {
  const { shipping: t } = useTranslations();
  const hasRole = useHasRole();
  const [isShipping, setShipping] = useState(false);
  const { older, button } = useOlderParcels(order);
  if (order.status !== 'PAID') return null;
  const canShip = hasRole('OPERATOR') && order.shippedAt === null && order.refundStatus !== 'FULL';
  const { settlementExpectedAt, confirmedAt, settledAt, remindedAt } = order.settlement;
  const instant = (name: string, at: string | null): [string, ReactNode] => [
    name,
    at === null ? undefined : <Instant key={name} at={at} />,
  ];
  return (
    <div className="panel wide-facts">
      <h2>{t.title}</h2>
      <DescriptionList
        items={[
          instant(t.shipBy, order.shipBy),
          instant(t.shippedAt, order.shippedAt),
          instant(t.remindedAt, remindedAt),
          instant(t.settlementExpectedAt, settledAt === null ? settlementExpectedAt : null),
          instant(t.confirmedAt, confirmedAt),
          instant(t.settledAt, settledAt),
        ]}
      />
      {order.shipments.length === 0 && <p className="quiet">{t.notShipped}</p>}
      <ul className="cards">
        {[...order.shipments, ...older].map((shipment) => (
          <li key={shipment.shipmentNo}>
            <Parcel order={order} shipment={shipment} />
          </li>
        ))}
      </ul>
      {button}
      {canShip && (
        <p>
          <Button type="primary" onClick={() => setShipping(true)}>
            {order.shipments.length === 0 ? t.ship : t.anotherParcel}
          </Button>
        </p>
      )}
      {isShipping && <ShipDialog order={order} onClose={() => setShipping(false)} />}
    </div>
  );
}

/** Parcels that the order's response does not contain. */
function useOlderParcels(order: OrderRecord): ReturnType<typeof useOlderRows<Shipment>> {
  const { orderNo, shipments: rows, shipmentsCount: count, shipmentsNextCursor: nextCursor } = order;
  return useOlderRows(['order', orderNo, 'shipments'], { rows, count, nextCursor }, (query) =>
    unwrap(api.GET('/admin/api/orders/{orderNo}/shipments', { params: { path: { orderNo }, query } })),
  );
}

function Parcel({ order, shipment }: { order: OrderRecord; shipment: Shipment }): ReactNode {
  const { common, shipping: t } = useTranslations();
  const { shipmentNo, kind, carrier, trackingNo, itemDesc, receiverContact, isLast, shippedAt, shippedBy } = shipment;
  return (
    <>
      <p>
        <strong>{t.parcel(shipmentNo)}</strong> · {t.kinds[kind]}{' '}
        <Label tone={TONES[shipment.state]}>{t.states[shipment.state]}</Label>
        {!isLast && order.shippedAt === null && <span className="quiet"> {t.moreFollow}</span>}
      </p>
      <DescriptionList
        items={[
          [t.carrier, carrier ?? undefined],
          [t.trackingNo, trackingNo === null ? undefined : <CopyableText key="no" text={trackingNo} />],
          [
            t.itemDesc,
            <span key="desc" className="breakable">
              {itemDesc}
            </span>,
          ],
          [t.receiverContact, receiverContact ?? undefined],
          [common.time, <Instant key="at" at={shippedAt} />],
          [t.shippedBy, shippedBy],
        ]}
      />
      <UploadError shipment={shipment} />
      <ParcelActions order={order} shipment={shipment} />
    </>
  );
}

/** Why the upload to WeChat failed. */
function UploadError({ shipment: { state, errorCode, errorMessage } }: { shipment: Shipment }): ReactNode {
  const t = useTranslations();
  if (errorCode === null || state === 'UPLOADED') return null;
  return (
    <p className={state === 'STUCK' ? 'bad' : 'quiet'}>
      {[describeErrorCode(errorCode, t), errorMessage && t.events.facts.errorMessage(errorMessage)]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

function ParcelActions({ order, shipment }: { order: OrderRecord; shipment: Shipment }): ReactNode {
  const { shipping: t } = useTranslations();
  const hasRole = useHasRole();
  const [isCorrecting, setCorrecting] = useState(false);
  const isStuck = shipment.state === 'STUCK';
  const canReship =
    order.shippedAt !== null &&
    order.settlement.reshippedAt === null &&
    order.settlement.confirmedAt === null &&
    order.shipments.every(({ state }) => state === 'UPLOADED');
  if (!hasRole('OPERATOR') || (!isStuck && !canReship)) return null;
  return (
    <>
      <p>
        <Button onClick={() => setCorrecting(true)}>{isStuck ? t.retry : t.reship}</Button>
      </p>
      {isCorrecting && (
        <EditShipmentDialog
          orderNo={order.orderNo}
          shipment={shipment}
          isReship={!isStuck}
          onClose={() => setCorrecting(false)}
        />
      )}
    </>
  );
}
