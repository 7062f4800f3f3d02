import type { ScenarioContext } from '../scenarios/scenario-context.ts';
import type { DatabaseReader, Open } from './database-reader.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { RetriesExhaustedError } from '../clients/recording-sender.ts';

/** Longer than the minute between two refunds of one payment and than every job interval. */
const STEP_SECONDS = 61;
const STEP_MS = 1500;

export type DrainOptions = {
  context: ScenarioContext;
  reader: DatabaseReader;
  timeoutMs: number;
  print: (line: string) => void;
};

/**
 * Waits until no work is open: advances the time, lets staff decide all refunds, and completes refunds that WeChat could not
 * pay out, as in its merchant platform.
 * @returns the work that is still open after the time limit
 */
export async function drainOpenWork({ context, reader, timeoutMs, print }: DrainOptions): Promise<Open> {
  const deadline = performance.now() + timeoutMs;
  for (let round = 1; ; round++) {
    const open = await reader.readOpenItems();
    const left = Object.entries(open).filter(([, numbers]) => numbers.length > 0);
    if (left.length === 0 && (await isIdleAtWechat(context))) return open;
    if (performance.now() > deadline) return open;
    if (round % 5 === 1) print(`  still open: ${left.map(([name, { length }]) => `${length} ${name}`).join(', ')}`);
    await completeOpenWork(context, reader, round);
    await context.time.advance(STEP_SECONDS);
    await pause(STEP_MS);
  }
}

async function isIdleAtWechat({ clients }: ScenarioContext) {
  return (await clients.wechat.getLedger()).every(
    ({ refundingFen, abnormalFen }) => refundingFen === 0 && abnormalFen === 0,
  );
}

async function completeOpenWork(
  { clients: { wechat }, staff, seed }: ScenarioContext,
  reader: DatabaseReader,
  round: number,
) {
  const { refunds, payments } = await reader.readRecords();
  const there = new Map(
    (await wechat.getLedger()).flatMap((entry) => entry.refunds.map((refund) => [refund.out_refund_no, refund])),
  );
  for (const { out_refund_no, refund_status } of there.values()) {
    const isUnfinished = refund_status === 'CHANGE' || refund_status === 'PROCESSING';
    if (!isUnfinished) continue;
    const options = { path: { out_refund_no }, body: { state: 'SUCCESS' } } as const;
    await wechat.request('POST', '/_control/refunds/{out_refund_no}/state', options);
  }
  const [staffMember] = staff;
  if (!staffMember) return;
  const ignoreExhaustedRetries = async (call: Promise<unknown>) => {
    await call.catch((error: unknown) => {
      if (!(error instanceof RetriesExhaustedError)) throw error;
    });
  };
  for (const { refundNo, status } of refunds) {
    if (status === 'REQUESTED') await ignoreExhaustedRetries(staffMember.approveRefund(refundNo));
    if (status === 'ABNORMAL' && !there.has(refundNo)) await ignoreExhaustedRetries(staffMember.retryRefund(refundNo));
  }
  // An automatic refund that WeChat closed releases its amount. Staff must refund it in another way.
  for (const { orderNo, outTradeNo, refundDueFen, refundReservedFen } of payments) {
    const hasFailed = refunds.some((refund) => refund.outTradeNo === outTradeNo && refund.status === 'FAILED');
    if (refundDueFen > refundReservedFen && hasFailed) {
      await ignoreExhaustedRetries(
        staffMember.createMerchantRefund(
          orderNo,
          refundDueFen - refundReservedFen,
          `late-${seed}-${outTradeNo}-${round}`,
        ),
      );
    }
  }
}
