import type { EntityManager } from 'typeorm';
import { OrderEvent } from '../../../src/payment/event-log/order-event.entity.js';
import { PaymentAttempt } from '../../../src/payment/attempt/payment-attempt.entity.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { Shipment } from '../../../src/shipping/shipment/shipment.entity.js';
import type { OrderJson } from '../clients/test-buyer.js';

/**
 * Number of rows of each kind for one order: more than the limits allow now, as an earlier version may have left them.
 */
export const ROW_COUNT = 250;

/** Inserts copies of the order's own rows directly into the tables, beyond the present limits. */
export async function addManyRows(tx: EntityManager, { orderNo }: OrderJson): Promise<void> {
  const payment = await tx.findOneByOrFail(PaymentAttempt, { orderNo });
  const refund = await tx.findOneByOrFail(Refund, { orderNo });
  const evidence = JSON.stringify(Array.from({ length: 9 }, () => `https://example.com/${'x'.repeat(450)}`));
  const each = Array.from({ length: ROW_COUNT }, (_, n) => ({ n, outTradeNo: `${orderNo}-${n + 2}` }));
  const unpaid = { transactionId: null, paidAt: null, refundReservedFen: 0, refundCount: 0, status: 'CLOSED' } as const;
  await tx.insert(
    PaymentAttempt,
    each.map(({ n, outTradeNo }) => ({ ...payment, ...unpaid, id: payment.id + n + 1, attemptNo: n + 2, outTradeNo })),
  );
  const ended = { status: 'CANCELLED', wechatRefundId: null, evidence } as const;
  await tx.insert(
    Refund,
    each.map(({ n }) => ({ ...refund, ...ended, id: refund.id + n + 1, refundNo: `RF${n}` })),
  );
  await tx.insert(
    OrderEvent,
    each.flatMap(({ n, outTradeNo }) => eventRows(orderNo, outTradeNo, n)),
  );
  await tx.insert(
    Shipment,
    each.map(({ n }) => shipmentRow(orderNo, n)),
  );
}

/** Returns two events of one moment: one names the order, the other names only the newest payment. */
function eventRows(orderNo: string, outTradeNo: string, n: number): Omit<OrderEvent, 'id'>[] {
  const common = { at: new Date(Date.now() - 600_000 + n * 1000), detail: null, raw: null };
  const newest = { orderNo: null, outTradeNo: `${orderNo}-${ROW_COUNT + 1}` };
  const [own, unlinked] = [{ refundNo: `RF${n}` }, { transactionId: `loose${n}` }].map((data) => JSON.stringify(data));
  return [
    { ...common, type: 'REFUND_REQUEST', result: 'CANCELLED', orderNo, outTradeNo, data: own ?? null },
    { ...common, type: 'NOTICE', result: 'REPEATED', ...newest, data: unlinked ?? null },
  ];
}

function shipmentRow(orderNo: string, n: number): Omit<Shipment, 'id'> {
  return {
    orderNo,
    shipmentNo: n + 1,
    version: 1,
    parcelKey: `key${n}`,
    kind: 'EXPRESS',
    carrier: 'SF',
    trackingNo: `SF${n}`,
    itemDesc: 'tea',
    receiverContact: null,
    isLast: false,
    isSplit: true,
    isReship: false,
    state: 'NOT_REQUIRED',
    round: 1,
    sendCount: 0,
    isUnsure: false,
    uploadTime: null,
    errorCode: null,
    errorMessage: null,
    actorId: 'boss',
    actorUsername: 'boss',
    shippedAt: new Date(),
    uploadedAt: null,
  };
}
