import type { SimulatorClient } from '../../tools/client/simulator-client.ts';
import { protocolOfNotice, type Protocol } from '../environment/protocols.ts';
import type { Records } from './database-reader.ts';

/** With which protocol WeChat received the payments and refunds, by their numbers, and of which its notices were accepted. */
export interface ProtocolsAtWechat {
  payments: ReadonlyMap<string, string>;
  refunds: ReadonlyMap<string, string>;
  acceptedNotices: Readonly<Record<Protocol, number>>;
}

export interface ProtocolEvidence {
  /** The protocols of the run. */
  protocols: readonly Protocol[];
  records: { payments: PaymentRow[]; refunds: RefundRow[] };
  wechat: ProtocolsAtWechat;
}

type PaymentRow = Pick<Records['payments'][number], 'outTradeNo' | 'status' | 'channel'>;
type RefundRow = Pick<Records['refunds'][number], 'refundNo' | 'outTradeNo' | 'channel'>;

/** Reads them from the simulator. */
export async function readProtocolsAtWechat(wechat: SimulatorClient): Promise<ProtocolsAtWechat> {
  const orders = await wechat.listOrders();
  const refunds = orders.flatMap((order) => order.refunds);
  const acceptedNotices = { v2: 0, v3: 0 };
  for (const { state, url } of await wechat.listAllNotices())
    if (state === 'accepted') acceptedNotices[protocolOfNotice(url)]++;
  return {
    payments: new Map(orders.map(({ out_trade_no, protocol }) => [out_trade_no, protocol])),
    refunds: new Map(refunds.map(({ out_refund_no, protocol }) => [out_refund_no, protocol])),
    acceptedNotices,
  };
}

const channelOf = (protocol: string): string => `wechat-${protocol}`;

/**
 * Each payment and each refund stays with the protocol that began it, and a refund has the protocol of its payment, because
 * a run never removes a key. Every protocol of the run must have been used: a run without paid payments or accepted notices
 * of a protocol has not tested it.
 */
export function findProtocolViolations({ protocols, records, wechat }: ProtocolEvidence): string[] {
  return [
    ...findUnusedProtocols(protocols, records.payments, wechat.acceptedNotices),
    ...comparePayments(protocols, records.payments, wechat.payments),
    ...compareRefunds(records, wechat.refunds),
  ];
}

function* findUnusedProtocols(
  protocols: readonly Protocol[],
  payments: PaymentRow[],
  acceptedNotices: ProtocolsAtWechat['acceptedNotices'],
) {
  for (const protocol of protocols) {
    const isUsed = payments.some(({ channel, status }) => channel === channelOf(protocol) && status === 'PAID');
    if (!isUsed) yield `${protocol}: no payment was paid with it, so it was not tested. Use more orders`;
    if (acceptedNotices[protocol] === 0) yield `${protocol}: no notice was accepted`;
  }
}

function* comparePayments(
  protocols: readonly Protocol[],
  payments: PaymentRow[],
  atWechat: ProtocolsAtWechat['payments'],
) {
  for (const { outTradeNo, channel } of payments) {
    const theirs = atWechat.get(outTradeNo);
    if (!protocols.some((protocol) => channelOf(protocol) === channel))
      yield `payment ${outTradeNo}: ${channel}, but no instance begins payments with it`;
    if (theirs !== undefined && channelOf(theirs) !== channel)
      yield `payment ${outTradeNo}: ${channel} here, but WeChat received it with ${theirs}`;
  }
}

function* compareRefunds({ payments, refunds }: ProtocolEvidence['records'], atWechat: ProtocolsAtWechat['refunds']) {
  const channels = new Map(payments.map(({ outTradeNo, channel }) => [outTradeNo, channel]));
  for (const { refundNo, outTradeNo, channel } of refunds) {
    if (channel === null) continue; // never composed for WeChat
    const [ofPayment, theirs] = [channels.get(outTradeNo), atWechat.get(refundNo)];
    if (ofPayment !== channel) yield `refund ${refundNo}: ${channel}, but its payment is of ${ofPayment}`;
    if (theirs !== undefined && channelOf(theirs) !== channel)
      yield `refund ${refundNo}: ${channel} here, but WeChat received it with ${theirs}`;
  }
}
