import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { MAX_FEN } from '../../common/fen.js';
import { newOrderNo } from '../../common/ids.js';
import { Clock } from '../../common/time/clock.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { Settings } from '../../config/settings.js';
import { extraAppIdsOf } from '../../config/wechat/wechat-settings.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { insertRow } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OrderItem } from '../../order/order-item.entity.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { Order } from '../../order/order.entity.js';
import { noteOrderChange } from '../../outbox/changes/note-change.js';
import { PayerResolver } from './payer-resolver.js';
import type { CreatePaymentOrderBody } from './payment-order.dto.js';
import { amountFenOf, assertSameFacts, defaultDescriptionOf, storedTradeTypes } from './payment-order-facts.js';

/** `isNew` is false when an earlier or concurrent call has created the order. */
export interface PlacedPaymentOrder {
  order: Order;
  isNew: boolean;
}

/** Creates payment orders of the merchant's own order system: without a user, stock, coupons and a buyer's limits. */
@Injectable()
export class PaymentOrderPlacementService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly orders: OrderQueryService,
    private readonly payers: PayerResolver,
  ) {}

  /**
   * May be repeated and called concurrently on any number of instances: the unique index of `merchantOrderNo` decides.
   * @throws DomainError VALIDATION_FAILED, MERCHANT_ORDER_NO_TAKEN, or WeChat's errors about the payer's code.
   */
  async place(body: CreatePaymentOrderBody, actor: Actor): Promise<PlacedPaymentOrder> {
    assertAmount(body);
    const { merchantOrderNo, payer, appId = null } = body;
    const findExisting = (): Promise<Order | null> => this.orders.findByMerchantOrderNo(merchantOrderNo);
    // Before the code is exchanged, because a code works once, and also when the app is configured no longer.
    const existing = await findExisting();
    if (existing) return this.repeated(existing, body);
    this.assertAppKnown(appId);
    const resolved = payer && (await this.payers.resolve(payer, appId, findExisting));
    if (resolved && 'done' in resolved) return this.repeated(resolved.done, body);
    const order = this.orderOf(body, resolved?.openid ?? null);
    try {
      await this.unitOfWork.run((tx) => this.insert(tx, order, actor));
      return { order, isNew: true };
    } catch (error) {
      const winner = isUniqueViolation(error) ? await findExisting() : null;
      if (!winner) throw error;
      // Its own row, if the first commit took effect but its response was lost.
      return winner.orderNo === order.orderNo ? { order: winner, isNew: true } : this.repeated(winner, body);
    }
  }

  private repeated(order: Order, body: CreatePaymentOrderBody): PlacedPaymentOrder {
    assertSameFacts(order, body, this.settings.wechat.WECHAT_APP_ID);
    return { order, isNew: false };
  }

  /** @throws DomainError VALIDATION_FAILED. */
  private assertAppKnown(appId: string | null): void {
    const { wechat } = this.settings;
    if (appId === null || [wechat.WECHAT_APP_ID, ...extraAppIdsOf(wechat)].includes(appId)) return;
    const message = "appId must be the shop's own app or one of the setting WECHAT_EXTRA_APP_IDS";
    throw validationFailed([{ field: 'appId', message }]);
  }

  private async insert(tx: EntityManager, order: Order, actor: Actor): Promise<void> {
    const { orderNo, merchantOrderNo, payableFen: amountFen, description, expiresAt } = order;
    const { items, ...row } = order;
    const orderId = await insertRow(tx, Order, row);
    if (items.length > 0) {
      const rows = items.map((item) => ({ ...item, orderId }));
      await tx.createQueryBuilder().insert().into(OrderItem).values(rows).updateEntity(false).execute();
    }
    noteOrderChange(tx, orderNo, 'order.created');
    const after = { merchantOrderNo: merchantOrderNo ?? '', amountFen, description: description ?? '', expiresAt };
    await this.audit.write(tx, { actor, action: 'payment-order.create', subject: orderNo, before: null, after });
  }

  private orderOf(body: CreatePaymentOrderBody, payerOpenid: string | null): Order {
    const { merchantOrderNo, lines = [], latePayment = null, shipping = 'none', metadata = {} } = body;
    const createdAt = this.clock.now();
    const ttlSeconds = body.expiresInSeconds ?? this.settings.ORDER_TTL_SECONDS;
    const expiresAt = new Date(createdAt.getTime() + ttlSeconds * 1000);
    const amountFen = amountFenOf(body);
    return Object.assign(new Order(), {
      orderNo: newOrderNo(createdAt),
      origin: 'EXTERNAL',
      version: 1,
      userId: null,
      merchantOrderNo,
      description: body.description ?? defaultDescriptionOf(body, this.settings.SHOP_NAME),
      payerOpenid,
      payerSource: payerOpenid === null ? null : body.payer?.openid === undefined ? 'CODE' : 'OPENID',
      appId: body.appId ?? null,
      allowedTradeTypes: storedTradeTypes(body),
      metadata: JSON.stringify(metadata),
      latePaymentPolicy: latePayment,
      needsShipping: shipping === 'required',
      status: 'PENDING',
      refundStatus: 'NONE',
      totalFen: amountFen,
      discountFen: 0,
      payableFen: amountFen,
      paidFen: 0,
      refundedFen: 0,
      userCouponId: null,
      remark: null,
      transactionId: null,
      closeReason: null,
      attemptCount: 0,
      closeAttempts: 0,
      nextCheckAt: expiresAt,
      createdAt,
      expiresAt,
      paidAt: null,
      closedAt: null,
      items: lines.map((line) =>
        Object.assign(new OrderItem(), { ...line, productId: null, discountFen: 0, returnHeld: 0 }),
      ),
    } satisfies Partial<Order>);
  }
}

/** @throws DomainError VALIDATION_FAILED when the lines cost nothing or too much. */
function assertAmount(body: CreatePaymentOrderBody): void {
  const amountFen = amountFenOf(body);
  if (amountFen >= 1 && amountFen <= MAX_FEN) return;
  throw validationFailed([{ field: 'lines', message: `lines must cost 1 to ${MAX_FEN} fen together` }]);
}
