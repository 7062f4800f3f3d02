import type { LedgerLine } from '../../tools/client/simulator-client.ts';
import type { NotifyProxy } from '../environment/notify-proxy.ts';
import type { Protocol } from '../environment/protocols.ts';
import type { FaultInjector } from '../faults/fault-injector.ts';
import type { ProtocolsAtWechat } from './compare-protocols.ts';
import type { Records } from './database-reader.ts';

/** The totals of a run by name, for its report. */
type Numbers = [string, number][];

/** Counts orders, payments and refunds, also by protocol. */
export function countRecords(
  { orders, payments, refunds }: Records,
  { ledger, wechat }: { ledger: LedgerLine[]; wechat: ProtocolsAtWechat },
  protocols: readonly Protocol[],
): Numbers {
  const succeeded = refunds.filter(({ status }) => status === 'SUCCEEDED');
  return [
    ['orders', orders.length],
    ['  of them paid', orders.filter(({ status }) => status === 'PAID').length],
    ['payments', payments.length],
    ...countByProtocol(payments, protocols),
    ['refunds', refunds.length],
    ['  of them succeeded', succeeded.length],
    ['  of them automatic', succeeded.filter(({ kind }) => kind === 'AUTOMATIC').length],
    ...countByProtocol(refunds, protocols),
    ...protocols.map((protocol): [string, number] => [
      `accepted notices of ${protocol}`,
      wechat.acceptedNotices[protocol],
    ]),
    ['paid, fen', ledger.reduce((sum, { paidFen }) => sum + paidFen, 0)],
    ['refunded, fen', ledger.reduce((sum, { refundedFen }) => sum + refundedFen, 0)],
  ];
}

/** Counts what was done to the service. */
export function countFaults(
  counts: FaultInjector['counts'],
  lostAnswers: NotifyProxy['lostAnswers'],
  protocols: readonly Protocol[],
): Numbers {
  return [
    ['kills (-9)', counts.kills],
    ['restarts (SIGTERM)', counts.restarts],
    ['database restarts (-9)', counts.databaseRestarts],
    ['clock jumps', counts.jumps],
    ['changes of WeChat behaviour', counts.behaviours],
    ...protocols.map((protocol): [string, number] => [
      `lost responses to notices of ${protocol}`,
      lostAnswers[protocol],
    ]),
  ];
}

function countByProtocol(rows: { channel: string | null }[], protocols: readonly Protocol[]): Numbers {
  return protocols.map((protocol) => [
    `  of them with ${protocol}`,
    rows.filter(({ channel }) => channel === `wechat-${protocol}`).length,
  ]);
}
