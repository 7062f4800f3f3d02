import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { unwrap, api, type Schemas } from '../../api/client.js';
import { useHasRole } from '../../auth/session.js';
import { Instant, CopyableText } from '../../components/status-tags.js';
import { describeErrorCode } from '../../utils/error-code.js';
import { DescriptionList } from '../../components/description-list.js';
import { Label, type LabelTone } from '../../components/label.js';
import { useOlderRows } from '../../hooks/use-older-rows.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { CorrectDialog } from './correct-dialog.js';
import type { OrderRecord } from './order-details.js';
import { ShipDialog } from './ship-dialog.js';

type Shipment = Schemas['ShipmentView'];

const TONES: Record<Shipment['state'], LabelTone> = { WAITING: 'move', UPLOADED: 'good', STUCK: 'bad', KEPT: 'plain' };

/** What left of a paid order, what WeChat knows of it, and what it says. */
export function ShippingPanel({ order }: { order: OrderRecord }): ReactNode {
  const { shipping: words } = useTranslations();
  const may = useHasRole();
  const [isShipping, setShipping] = useState(false);
  const { older, button } = useOlderParcels(order);
  if (order.status !== 'PAID') return null;
  const mayShip = may('OPERATOR') && order.shippedAt === null && order.refundStatus !== 'FULL';
  const { settlementExpectedAt, confirmedAt, settledAt, remindedAt } = order.settlement;
  const instant = (name: string, at: string | null): [string, ReactNode] => [
    name,
    at === null ? undefined : <Instant key={name} at={at} />,
  ];
  return (
    <div className="panel wide-facts">
      <h2>{words.title}</h2>
      <DescriptionList
        items={[
          instant(words.shipBy, order.shipBy),
          instant(words.shippedAt, order.shippedAt),
          instant(words.remindedAt, remindedAt),
          instant(words.settlementExpectedAt, settledAt === null ? settlementExpectedAt : null),
          instant(words.confirmedAt, confirmedAt),
          instant(words.settledAt, settledAt),
        ]}
      />
      {order.shipments.length === 0 && <p className="quiet">{words.none}</p>}
      <ul className="cards">
        {[...order.shipments, ...older].map((shipment) => (
          <li key={shipment.shipmentNo}>
            <Parcel order={order} shipment={shipment} />
          </li>
        ))}
      </ul>
      {button}
      {mayShip && (
        <p>
          <Button type="primary" onClick={() => setShipping(true)}>
            {order.shipments.length === 0 ? words.ship : words.another}
          </Button>
        </p>
      )}
      {isShipping && <ShipDialog order={order} onClose={() => setShipping(false)} />}
    </div>
  );
}

/** Parcels that the order's page does not show at first. */
function useOlderParcels(order: OrderRecord): ReturnType<typeof useOlderRows<Shipment>> {
  const { orderNo, shipments: rows, shipmentsCount: count, shipmentsNextCursor: nextCursor } = order;
  return useOlderRows(['order', orderNo, 'shipments'], { rows, count, nextCursor }, (query) =>
    unwrap(api.GET('/admin/api/orders/{orderNo}/shipments', { params: { path: { orderNo }, query } })),
  );
}

function Parcel({ order, shipment }: { order: OrderRecord; shipment: Shipment }): ReactNode {
  const { common, shipping: words } = useTranslations();
  const { shipmentNo, kind, carrier, trackingNo, itemDesc, receiverContact, isLast, shippedAt, shippedBy } = shipment;
  return (
    <>
      <p>
        <strong>{words.parcel(shipmentNo)}</strong> · {words.kinds[kind]}{' '}
        <Label tone={TONES[shipment.state]}>{words.states[shipment.state]}</Label>
        {!isLast && order.shippedAt === null && <span className="quiet"> {words.more}</span>}
      </p>
      <DescriptionList
        items={[
          [words.carrier, carrier ?? undefined],
          [words.trackingNo, trackingNo === null ? undefined : <CopyableText key="no" text={trackingNo} />],
          [
            words.itemDesc,
            <span key="desc" className="breakable">
              {itemDesc}
            </span>,
          ],
          [words.receiverContact, receiverContact ?? undefined],
          [common.time, <Instant key="at" at={shippedAt} />],
          [words.shippedBy, shippedBy],
        ]}
      />
      <UploadError shipment={shipment} />
      <ParcelActions order={order} shipment={shipment} />
    </>
  );
}

/** Why WeChat has not got it, and what that means. */
function UploadError({ shipment: { state, errorCode, errorMessage } }: { shipment: Shipment }): ReactNode {
  const words = useTranslations();
  if (errorCode === null || state === 'UPLOADED') return null;
  return (
    <p className={state === 'STUCK' ? 'bad' : 'quiet'}>
      {[describeErrorCode(errorCode, words), errorMessage && words.events.facts.errorMessage(errorMessage)]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

function ParcelActions({ order, shipment }: { order: OrderRecord; shipment: Shipment }): ReactNode {
  const { shipping: words } = useTranslations();
  const may = useHasRole();
  const [isCorrecting, setCorrecting] = useState(false);
  const isStuck = shipment.state === 'STUCK';
  const mayReship =
    order.shippedAt !== null &&
    order.settlement.reshippedAt === null &&
    order.settlement.confirmedAt === null &&
    order.shipments.every(({ state }) => state === 'UPLOADED');
  if (!may('OPERATOR') || (!isStuck && !mayReship)) return null;
  return (
    <>
      <p>
        <Button onClick={() => setCorrecting(true)}>{isStuck ? words.retry : words.reship}</Button>
      </p>
      {isCorrecting && (
        <CorrectDialog
          orderNo={order.orderNo}
          shipment={shipment}
          isReship={!isStuck}
          onClose={() => setCorrecting(false)}
        />
      )}
    </>
  );
}
