import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OrderEventLog } from '../../payment/event-log/order-event-log.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { ensureShippingSync, WechatShippingSync } from './wechat-shipping-sync.entity.js';

/** A parsed message about shipping. */
export interface ShippingEvent {
  event: string;
  fields: Readonly<Record<string, string>>;
  raw: string;
}

/** `WARNED` about the mini-program as a whole · `IGNORED` about something else. */
export type ShippingEventOutcome = 'APPLIED' | 'REPEATED' | 'WARNED' | 'ORDER_UNKNOWN' | 'IGNORED';

/**
 * The update of one order: its result for the timeline, the changed columns, and the column that shows whether it is new.
 */
interface ShippingUpdate {
  result: 'SHIPPED' | 'SETTLED' | 'REMINDED';
  changes: Partial<WechatShippingSync>;
  column: 'settlementExpectedAt' | 'settledAt' | 'remindedAt';
}

/** Two years: longer than the longest reporting period. */
const MAX_TIME_DIFFERENCE_MS = 2 * 366 * 86_400_000;

/** A Map, because `constructor` would be a key of an object. */
const WARNINGS: ReadonlyMap<string, 'UPLOAD_REQUIRED' | 'TRADE_RESTRICTED'> = new Map([
  ['trade_manage_remind_access_api', 'UPLOAD_REQUIRED'],
  ['wxa_trade_controlled', 'TRADE_RESTRICTED'],
]);

/**
 * Handles WeChat's shipping events: reminders to ship, the expected and the actual release of the money. In plain mode the
 * content is not signed, so it is only displayed. It moves no money, and no value is ever reset.
 */
@Injectable()
export class ShippingEventHandler {
  private readonly log = new Logger(ShippingEventHandler.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: OrderEventLog,
  ) {}

  /** Returns only after the commit. Safe to repeat. @throws DomainError SERVICE_UNAVAILABLE. */
  async handle(message: ShippingEvent): Promise<ShippingEventOutcome> {
    const warning = WARNINGS.get(message.event);
    if (warning !== undefined) return this.recordWarning(warning, message);
    const update = parseShippingUpdate(message, this.clock.now());
    if (update === null) return 'IGNORED';
    return this.unitOfWork.run((tx) => this.applyUpdate(tx, message, update));
  }

  private async recordWarning(
    warning: 'UPLOAD_REQUIRED' | 'TRADE_RESTRICTED',
    { raw }: ShippingEvent,
  ): Promise<ShippingEventOutcome> {
    this.log.error(
      `WeChat warned the mini-program about its shipping information: ${warning}. Check it in the mini-program's console (小程序后台)`,
    );
    await this.eventLog.record({ type: 'SHIPPING_NOTICE', result: warning, raw });
    return 'WARNED';
  }

  private async applyUpdate(
    tx: EntityManager,
    { fields, raw }: ShippingEvent,
    update: ShippingUpdate,
  ): Promise<ShippingEventOutcome> {
    const payment = await this.paymentOf(tx, fields);
    if (!payment) return 'ORDER_UNKNOWN';
    const { orderNo, outTradeNo } = payment;
    await ensureShippingSync(tx, orderNo);
    const known = (await tx.findOneByOrFail(WechatShippingSync, { orderNo }))[update.column];
    if (!isNewer(update, known)) return 'REPEATED';
    const { affected } = await tx.update(
      WechatShippingSync,
      { orderNo, [update.column]: known ?? IsNull() },
      update.changes,
    );
    if (affected !== 1) return 'REPEATED';
    await this.eventLog.write(tx, { type: 'SHIPPING_NOTICE', result: update.result, orderNo, outTradeNo, raw });
    return 'APPLIED';
  }

  /** All identifiers of the message must match the payment. */
  private async paymentOf(tx: EntityManager, fields: ShippingEvent['fields']): Promise<PaymentAttempt | null> {
    const { transaction_id: transactionId = '', merchant_id: mchId, merchant_trade_no: outTradeNo } = fields;
    if (mchId !== this.settings.wechat.WECHAT_MCH_ID || !/^\d{10,32}$/.test(transactionId)) return null;
    const payment = await tx.findOneBy(PaymentAttempt, { transactionId });
    return payment && (!outTradeNo || payment.outTradeNo === outTradeNo) ? payment : null;
  }
}

/** A later settlement date follows from a re-ship; every other value is stored once. */
function isNewer({ changes, column }: ShippingUpdate, known: Date | null): boolean {
  if (known === null) return true;
  return column === 'settlementExpectedAt' && (changes.settlementExpectedAt ?? known) > known;
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

/** Parses seconds. Null when there are none, or the time is implausible. */
function parseTimestamp(seconds: string | undefined, now: Date): Date | null {
  if (seconds === undefined || !/^\d{9,11}$/.test(seconds) || Number(seconds) === 0) return null;
  const time = new Date(Number(seconds) * 1000);
  return Math.abs(time.getTime() - now.getTime()) < MAX_TIME_DIFFERENCE_MS ? time : null;
}
