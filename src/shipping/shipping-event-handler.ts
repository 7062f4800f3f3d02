import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { ensureShippingSync } from './wechat-shipping-sync-store.js';
import { WechatShippingSync } from './wechat-shipping-sync.entity.js';

/** A message about goods, as it was read. */
export interface ShippingEvent {
  event: string;
  fields: Readonly<Record<string, string>>;
  raw: string;
}

/** `WARNED` it is about the mini-program as a whole · `IGNORED` it is about something else. */
export type ShippingEventOutcome = 'APPLIED' | 'REPEATED' | 'WARNED' | 'ORDER_UNKNOWN' | 'IGNORED';

/** What is said of one order: the word for the time line, the facts, and the one that makes it news. */
interface ShippingUpdate {
  result: 'SHIPPED' | 'SETTLED' | 'REMINDED';
  changes: Partial<WechatShippingSync>;
  column: 'settlementExpectedAt' | 'settledAt' | 'remindedAt';
}

/** Two years: longer than the longest special report. */
const MAX_TIME_DIFFERENCE_MS = 2 * 366 * 86_400_000;

/** A map: of an object, `constructor` would be a warning too. */
const WARNINGS: ReadonlyMap<string, 'ACCESS_API' | 'TRADE_CONTROLLED'> = new Map([
  ['trade_manage_remind_access_api', 'ACCESS_API'],
  ['wxa_trade_controlled', 'TRADE_CONTROLLED'],
]);

/**
 * Hears what WeChat says of goods: that it reminds, when the money is to be let go, and that it was. In plain mode nobody
 * has signed the content, so these are facts to be shown. Nothing moves by them, and none of them is ever taken back.
 */
@Injectable()
export class ShippingEventHandler {
  private readonly log = new Logger(ShippingEventHandler.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly journal: OrderEventLog,
  ) {}

  /** Returns only after the commit. Safe to repeat. @throws DomainError SERVICE_UNAVAILABLE. */
  async handle(message: ShippingEvent): Promise<ShippingEventOutcome> {
    const warning = WARNINGS.get(message.event);
    if (warning !== undefined) return this.warn(warning, message);
    const news = parseShippingUpdate(message, this.clock.now());
    if (news === null) return 'IGNORED';
    return this.unitOfWork.run((tx) => this.apply(tx, message, news));
  }

  private async warn(
    warning: 'ACCESS_API' | 'TRADE_CONTROLLED',
    { raw }: ShippingEvent,
  ): Promise<ShippingEventOutcome> {
    this.log.error(`WeChat warns the mini-program about its shipping information: ${warning}`);
    await this.journal.record({ type: 'SHIPPING_NOTICE', result: warning, raw });
    return 'WARNED';
  }

  private async apply(
    tx: EntityManager,
    { fields, raw }: ShippingEvent,
    news: ShippingUpdate,
  ): Promise<ShippingEventOutcome> {
    const payment = await this.paymentOf(tx, fields);
    if (!payment) return 'ORDER_UNKNOWN';
    const { orderNo, outTradeNo } = payment;
    await ensureShippingSync(tx, orderNo);
    const known = (await tx.findOneByOrFail(WechatShippingSync, { orderNo }))[news.column];
    if (!isNewer(news, known)) return 'REPEATED';
    const { affected } = await tx.update(
      WechatShippingSync,
      { orderNo, [news.column]: known ?? IsNull() },
      news.changes,
    );
    if (affected !== 1) return 'REPEATED';
    await this.journal.write(tx, { type: 'SHIPPING_NOTICE', result: news.result, orderNo, outTradeNo, raw });
    return 'APPLIED';
  }

  /** All of its names must be ours. */
  private async paymentOf(tx: EntityManager, fields: ShippingEvent['fields']): Promise<PaymentAttempt | null> {
    const { transaction_id: transactionId = '', merchant_id: mchId, merchant_trade_no: outTradeNo } = fields;
    if (mchId !== this.settings.WECHAT_MCH_ID || !/^\d{10,32}$/.test(transactionId)) return null;
    const payment = await tx.findOneBy(PaymentAttempt, { transactionId });
    return payment && (!outTradeNo || payment.outTradeNo === outTradeNo) ? payment : null;
  }
}

/** A later date to settle follows from a re-ship; everything else counts the first time. */
function isNewer({ changes: facts, column: once }: ShippingUpdate, known: Date | null): boolean {
  if (known === null) return true;
  return once === 'settlementExpectedAt' && (facts.settlementExpectedAt ?? known) > known;
}

function parseShippingUpdate({ event, fields }: ShippingEvent, now: Date): ShippingUpdate | null {
  const at = (name: string): Date | null => parseTimestamp(fields[name], now);
  if (event === 'trade_manage_remind_shipping') {
    return { result: 'REMINDED', column: 'remindedAt', changes: { remindedAt: at('CreateTime') ?? now } };
  }
  if (event !== 'trade_manage_order_settlement') return null;
  const settledAt = at('settlement_time');
  if (settledAt) {
    return { result: 'SETTLED', column: 'settledAt', changes: { settledAt, confirmedAt: at('confirm_receive_time') } };
  }
  const settlementExpectedAt = at('estimated_settlement_time');
  return (
    settlementExpectedAt && { result: 'SHIPPED', column: 'settlementExpectedAt', changes: { settlementExpectedAt } }
  );
}

/** Seconds. Null when there is none, or when it is a time that no honest message names. */
function parseTimestamp(seconds: string | undefined, now: Date): Date | null {
  if (seconds === undefined || !/^\d{9,11}$/.test(seconds) || Number(seconds) === 0) return null;
  const moment = new Date(Number(seconds) * 1000);
  return Math.abs(moment.getTime() - now.getTime()) < MAX_TIME_DIFFERENCE_MS ? moment : null;
}
