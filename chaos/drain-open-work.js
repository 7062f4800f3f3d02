import { setTimeout as pause } from 'node:timers/promises';
import { GaveUpError } from './shop-client.js';

/** Longer than the minute between two refunds of one order and than every job interval. */
const STEP_SECONDS = 61;
const STEP_MS = 1500;

/**
 * @typedef {{ context: import('./order-scenario.js').ScenarioContext, reader: import('./database-reader.js').DatabaseReader, timeoutMs: number, print: (line: string) => void }} DrainOptions
 */

/**
 * Waits until no work is open: advances the time, lets staff decide all refunds, and completes refunds that WeChat could not
 * pay out, as in its merchant platform.
 * @param {DrainOptions} options
 * @returns {Promise<import('./database-reader.js').Open>} the work that is still open after the time limit
 */
export async function drainOpenWork({ context, reader, timeoutMs, print }) {
  const deadline = performance.now() + timeoutMs;
  await resendNotices(context.clients);
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

/**
 * Sends the notices of written-off payments.
 * @param {import('./buyer-actor.js').ScenarioServices} clients
 */
async function resendNotices({ wechat, writtenOff }) {
  for (const outTradeNo of writtenOff) {
    for (let attempt = 0; attempt < 5; attempt++) {
      const { refused, attempts = [] } = await wechat.control('POST', `orders/${outTradeNo}/notify`, {});
      if (refused || attempts.some((/** @type {{ isAccepted: boolean }} */ { isAccepted }) => isAccepted)) break;
    }
  }
}

/** @param {import('./order-scenario.js').ScenarioContext} context */
async function isIdleAtWechat({ clients }) {
  return (await clients.wechat.getLedger()).every(
    ({ refundingFen, abnormalFen }) => refundingFen === 0 && abnormalFen === 0,
  );
}

/**
 * @param {import('./order-scenario.js').ScenarioContext} context
 * @param {import('./database-reader.js').DatabaseReader} reader
 * @param {number} round
 */
async function completeOpenWork({ clients: { wechat }, staff, seed }, reader, round) {
  const { refunds, payments } = await reader.readRecords();
  const there = new Map(
    (await wechat.getLedger()).flatMap((entry) => entry.refunds.map((refund) => [refund.out_refund_no, refund])),
  );
  for (const { out_refund_no, refund_status } of there.values()) {
    const isStuck = refund_status === 'CHANGE' || refund_status === 'PROCESSING';
    if (isStuck) await wechat.control('POST', `refunds/${out_refund_no}/state`, { state: 'SUCCESS' });
  }
  const [staffMember] = staff;
  if (!staffMember) return;
  const ignoreGivenUp = async (/** @type {Promise<unknown>} */ call) => {
    await call.catch((error) => {
      if (!(error instanceof GaveUpError)) throw error;
    });
  };
  for (const { refundNo, status } of refunds) {
    if (status === 'REQUESTED') await ignoreGivenUp(staffMember.approveRefund(refundNo));
    if (status === 'ABNORMAL' && !there.has(refundNo)) await ignoreGivenUp(staffMember.retryRefund(refundNo));
  }
  // An automatic refund that WeChat closed releases its amount. Staff must refund it in another way.
  for (const { orderNo, outTradeNo, refundDueFen, refundHeldFen } of payments) {
    const hasFailed = refunds.some((refund) => refund.outTradeNo === outTradeNo && refund.status === 'FAILED');
    if (refundDueFen > refundHeldFen && hasFailed) {
      await ignoreGivenUp(
        staffMember.createMerchantRefund(orderNo, refundDueFen - refundHeldFen, `late-${seed}-${outTradeNo}-${round}`),
      );
    }
  }
}
