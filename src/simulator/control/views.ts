import { Notice, NoticeAttempt } from '../notices/notice.js';
import { JournalEntry } from '../state/journal.js';
import { Transaction, visibleState, WechatOrder } from '../state/wechat-order.js';

/** WeChat's words where WeChat has one, ours in camelCase. Times are virtual. */
export function orderView(order: WechatOrder, now: Date) {
  const newest = order.prepays.at(-1);
  return {
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    /** What orderquery says at the moment. */
    visible_trade_state: visibleState(order, now),
    trade_type: order.tradeType,
    total_fee: order.totalFen,
    sign_type: order.signType,
    createdAt: order.createdAt,
    closedAt: order.closedAt ?? null,
    sheetClosesAt: order.sheetClosesAt ?? null,
    prepay_id: newest?.prepayId ?? null,
    code_url: newest?.codeUrl ?? null,
    mweb_url: newest?.mwebUrl ?? null,
    prepays: order.prepays.map(({ prepayId, expiresAt }) => ({ prepay_id: prepayId, expiresAt })),
    parameters: Object.fromEntries(order.parameters),
    transaction: order.transaction === undefined ? null : transactionView(order.transaction),
  };
}

export function transactionView(transaction: Transaction) {
  return {
    transaction_id: transaction.transactionId,
    openid: transaction.openid,
    bank_type: transaction.bankType,
    total_fee: transaction.totalFen,
    cash_fee: transaction.cashFen,
    coupons: transaction.coupons,
    paidAt: transaction.paidAt,
    visibleAt: transaction.visibleAt,
  };
}

export function noticeView(notice: Notice) {
  return {
    id: notice.id,
    out_trade_no: notice.order.outTradeNo,
    transaction_id: notice.transaction.transactionId,
    url: notice.order.notifyUrl,
    state: notice.state,
    tries: notice.tries,
    nextDueAt: notice.nextDueAt ?? null,
    attempts: notice.attempts.map(attemptView),
  };
}

export function attemptView(attempt: NoticeAttempt) {
  return {
    at: attempt.at,
    forgery: attempt.forgery ?? null,
    status: attempt.status ?? null,
    reply: attempt.reply ?? null,
    latencyMs: attempt.latencyMs,
    isAccepted: attempt.isAccepted,
    reason: attempt.reason ?? null,
  };
}

export function messageView(entry: JournalEntry) {
  return {
    id: entry.id,
    at: entry.at,
    direction: entry.direction,
    method: entry.method,
    path: entry.path,
    request: entry.request,
    out_trade_no: entry.out_trade_no ?? null,
    signatureOk: entry.signatureOk ?? null,
    verdict: entry.verdict ?? null,
    fault: entry.fault ?? null,
    answer: entry.answer ?? null,
    latencyMs: entry.latencyMs ?? null,
  };
}
