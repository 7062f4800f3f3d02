import { setTimeout as pause } from 'node:timers/promises';
import { GaveUpError } from './shop-client.js';

/** Past the minute between two refunds of one order, and past every gap of the jobs. */
const STEP_SECONDS = 61;
const STEP_MS = 1500;

/**
 * @typedef {{ stage: import('./order-scenario.js').Stage, books: import('./database-reader.js').DatabaseReader, limitMs: number, say: (line: string) => void }} SettleOptions
 */

/**
 * Waits until the dust has settled: time passes quickly, the staff clear their desk, and what WeChat could not pay out is
 * finished by hand in its platform.
 * @param {SettleOptions} options
 * @returns {Promise<import('./database-reader.js').Open>} what is still open when the time is up
 */
export async function settle({ stage, books, limitMs, say }) {
  const deadline = performance.now() + limitMs;
  await resendNotices(stage.world);
  for (let round = 1; ; round++) {
    const open = await books.readOpenItems();
    const left = Object.entries(open).filter(([, numbers]) => numbers.length > 0);
    if (left.length === 0 && (await isIdleAtWechat(stage))) return open;
    if (performance.now() > deadline) return open;
    if (round % 5 === 1) say(`  still open: ${left.map(([name, { length }]) => `${length} ${name}`).join(', ')}`);
    await completeOpenWork(stage, books, round);
    await stage.time.advance(STEP_SECONDS);
    await pause(STEP_MS);
  }
}

/**
 * The notices that have to come.
 * @param {import('./buyer-actor.js').World} world
 */
async function resendNotices({ wechat, forgotten }) {
  for (const outTradeNo of forgotten) {
    for (let tries = 0; tries < 5; tries++) {
      const { refused, attempts = [] } = await wechat.control('POST', `orders/${outTradeNo}/notify`, {});
      if (refused || attempts.some((/** @type {{ isAccepted: boolean }} */ { isAccepted }) => isAccepted)) break;
    }
  }
}

/** @param {import('./order-scenario.js').Stage} stage */
async function isIdleAtWechat({ world }) {
  return (await world.wechat.getLedger()).every(
    ({ refundingFen, abnormalFen }) => refundingFen === 0 && abnormalFen === 0,
  );
}

/**
 * @param {import('./order-scenario.js').Stage} stage
 * @param {import('./database-reader.js').DatabaseReader} books
 * @param {number} round
 */
async function completeOpenWork({ world: { wechat }, clerks, seed }, books, round) {
  const { refunds, payments } = await books.readRecords();
  const there = new Map(
    (await wechat.getLedger()).flatMap((line) => line.refunds.map((refund) => [refund.out_refund_no, refund])),
  );
  for (const { out_refund_no, refund_status } of there.values()) {
    const isStuck = refund_status === 'CHANGE' || refund_status === 'PROCESSING';
    if (isStuck) await wechat.control('POST', `refunds/${out_refund_no}/state`, { state: 'SUCCESS' });
  }
  const [clerk] = clerks;
  if (!clerk) return;
  const patient = async (/** @type {Promise<unknown>} */ call) => {
    await call.catch((error) => {
      if (!(error instanceof GaveUpError)) throw error;
    });
  };
  for (const { refundNo, status } of refunds) {
    if (status === 'REQUESTED') await patient(clerk.approveRefund(refundNo));
    if (status === 'ABNORMAL' && !there.has(refundNo)) await patient(clerk.retryRefund(refundNo));
  }
  // An automatic refund that WeChat closed frees its money: giving it back is then up to a person.
  for (const { orderNo, outTradeNo, owedBackFen, refundHeldFen } of payments) {
    const hasFailed = refunds.some((refund) => refund.outTradeNo === outTradeNo && refund.status === 'FAILED');
    if (owedBackFen > refundHeldFen && hasFailed) {
      await patient(
        clerk.createMerchantRefund(orderNo, owedBackFen - refundHeldFen, `owed-${seed}-${outTradeNo}-${round}`),
      );
    }
  }
}
