import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas, type OrderRecord } from '../../../api/client.js';
import { useHasRole } from '../../../auth/session.js';
import { describeErrorCode } from '../../../utils/error-code.js';
import { breakable, copyable, DescriptionList, instant } from '../../../components/description-list.js';
import { Label, type LabelTone } from '../../../components/label.js';
import { useOlderRows } from '../../../hooks/use-older-rows.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { EditShipmentDialog, ShipDialog } from './shipment-dialogs.js';

type Shipment = Schemas['ShipmentView'];

const TONES: Record<Shipment['state'], LabelTone> = {
  WAITING: 'progress',
  UPLOADED: 'good',
  NEEDS_ATTENTION: 'bad',
  NOT_REQUIRED: 'plain',
};

/** The parcels of a paid order, their upload to WeChat, and the settlement. */
export function ShippingPanel({ order }: { order: OrderRecord }): ReactNode {
  const { shipping: t } = useTranslations();
  const hasRole = useHasRole();
  const [isShipping, setShipping] = useState(false);
  const { older: later, button } = useLaterParcels(order);
  if (order.status !== 'PAID') return null;
  const canShip = hasRole('OPERATOR') && order.shippedAt === null && order.refundStatus !== 'FULL';
  const { settlementExpectedAt, confirmedAt, settledAt, remindedAt } = order.settlement;
  return (
    <div className="panel wide-descriptions">
      <h2>{t.title}</h2>
      <DescriptionList
        items={[
          [t.shipBy, instant(order.shipBy)],
          [t.shippedAt, instant(order.shippedAt)],
          [t.remindedAt, instant(remindedAt)],
          [t.settlementExpectedAt, settledAt === null && instant(settlementExpectedAt)],
          [t.confirmedAt, instant(confirmedAt)],
          [t.settledAt, instant(settledAt)],
        ]}
      />
      {order.shipments.length === 0 && <p className="quiet">{t.notShipped}</p>}
      <ul className="cards">
        {[...order.shipments, ...later].map((shipment) => (
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

/** The parcels after the first ones, which the order's response contains. */
function useLaterParcels(order: OrderRecord): ReturnType<typeof useOlderRows<Shipment>> {
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
          [t.carrier, carrier],
          [t.trackingNo, copyable(trackingNo)],
          [t.itemDesc, breakable(itemDesc)],
          [t.receiverContact, receiverContact],
          [common.time, instant(shippedAt)],
          [t.shippedBy, shippedBy],
        ]}
      />
      <UploadError shipment={shipment} />
      <ParcelActions order={order} shipment={shipment} />
    </>
  );
}

/** Why the upload to WeChat failed. */
function UploadError({ shipment }: { shipment: Shipment }): ReactNode {
  const t = useTranslations();
  const { state, errorCode, errorMessage, errorText } = shipment;
  if (errorCode === null || state === 'UPLOADED') return null;
  return (
    <p className={state === 'NEEDS_ATTENTION' ? 'bad' : 'quiet'}>
      {[describeErrorCode(errorCode, errorText, t), errorMessage && t.events.details.errorMessage(errorMessage)]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

function ParcelActions({ order, shipment }: { order: OrderRecord; shipment: Shipment }): ReactNode {
  const { shipping: t } = useTranslations();
  const hasRole = useHasRole();
  const [isCorrecting, setCorrecting] = useState(false);
  const needsAttention = shipment.state === 'NEEDS_ATTENTION';
  const canReship =
    order.shippedAt !== null &&
    order.settlement.reshippedAt === null &&
    order.settlement.confirmedAt === null &&
    order.shipments.every(({ state }) => state === 'UPLOADED');
  if (!hasRole('OPERATOR') || (!needsAttention && !canReship)) return null;
  return (
    <>
      <p>
        <Button onClick={() => setCorrecting(true)}>{needsAttention ? t.retry : t.reship}</Button>
      </p>
      {isCorrecting && (
        <EditShipmentDialog
          orderNo={order.orderNo}
          shipment={shipment}
          isReship={!needsAttention}
          onClose={() => setCorrecting(false)}
        />
      )}
    </>
  );
}
