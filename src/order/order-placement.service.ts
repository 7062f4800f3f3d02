import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockUserForOrder } from '../auth/user.service.js';
import type { Product } from '../catalog/product.entity.js';
import { reserveStock, type StockLine } from '../catalog/stock.js';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { MAX_FEN } from '../common/fen.js';
import { newOrderNo } from '../common/ids.js';
import { validationFailed } from '../common/validation/input.pipe.js';
import { Metrics } from '../common/metrics/metrics.js';
import { defineSimpleCounter } from '../common/metrics/metric-definitions.js';
import { Settings } from '../config/settings.js';
import { insertRow, insertRows } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { runOncePerKey } from '../database/idempotency/idempotency.js';
import { lineFen, spreadDiscount } from '../coupon/discount.js';
import { reserveOrderCoupon } from '../coupon/order-coupon.js';
import { noteOrderChange } from '../outbox/changes/note-change.js';
import { OrderLimitService } from './order-limit.service.js';
import { OrderItem } from './order-item.entity.js';
import type { PlaceOrderBody } from './order.dto.js';
import { Order } from './order.entity.js';
import { keepChangedOrder, type ViewedOrder } from './order-snapshot.js';
import { orderView, type OrderView } from './order.view.js';

const ORDERS_CREATED = defineSimpleCounter('orders_created_total', 'Orders created');

/** An order as the user sends it, and the key under which the call can be repeated. */
export interface PlaceOrderRequest {
  userId: string;
  body: PlaceOrderBody;
  idempotencyKey: string | undefined;
}

/** Places orders: takes the shop's prices, reserves the stock and sets the time limit for payment. */
@Injectable()
export class OrderPlacementService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly metrics: Metrics,
    private readonly limits: OrderLimitService,
  ) {}

  /**
   * @throws DomainError USER_BLOCKED, ORDER_LIMIT_REACHED, PRODUCT_NOT_FOUND, OUT_OF_STOCK, COUPON_NOT_USABLE, PRICE_CHANGED,
   * IDEMPOTENCY_KEY_REUSED or VALIDATION_FAILED.
   */
  async place({ userId, body, idempotencyKey }: PlaceOrderRequest): Promise<OrderView> {
    const at = this.clock.now();
    const call = { userId, key: idempotencyKey, request: ['POST /api/orders', ...idempotencyFieldsOf(body)], at };
    let insertCount = 0; // a repetition returns the first response and inserts nothing
    const response = await runOncePerKey(this.unitOfWork, call, async (tx) => {
      const order = await this.insertOrder(tx, userId, body, at);
      insertCount += 1;
      return orderView(order);
    });
    if (insertCount > 0) this.metrics.increment(ORDERS_CREATED);
    return response;
  }

  private async insertOrder(tx: EntityManager, userId: string, body: PlaceOrderBody, at: Date): Promise<ViewedOrder> {
    await lockUserForOrder(tx, userId);
    const lines = mergeLines(body.items);
    await this.limits.assertWithinLimits(tx, userId, lines);
    const orderNo = newOrderNo(at);
    const products = await reserveStock(tx, lines, { orderNo, at });
    const items = lines.map((line) => orderItemOf(line, products));
    const totalFen = items.reduce((sum, item) => sum + lineFen(item), 0);
    if (totalFen > MAX_FEN) {
      throw validationFailed([{ field: 'items', message: `items must cost at most ${MAX_FEN} fen together` }]);
    }
    assertExpectedPrice(body, { totalFen });
    const userCouponId = body.couponId ?? null;
    const discountFen =
      userCouponId === null ? 0 : await reserveOrderCoupon(tx, { userCouponId, userId, orderNo, totalFen, at });
    assertExpectedPrice(body, { totalFen, payableFen: totalFen - discountFen });
    const discounts = spreadDiscount(items, discountFen);
    const expiresAt = new Date(at.getTime() + this.settings.ORDER_TTL_SECONDS * 1000);
    const order = Object.assign(new Order(), {
      orderNo,
      origin: 'SHOP' as const,
      version: 1,
      userId,
      merchantOrderNo: null,
      description: null,
      payerOpenid: null,
      payerSource: null,
      appId: null,
      allowedTradeTypes: null,
      metadata: null,
      latePaymentPolicy: null,
      needsShipping: true,
      status: 'PENDING' as const,
      refundStatus: 'NONE' as const,
      totalFen,
      discountFen,
      payableFen: totalFen - discountFen,
      paidFen: 0,
      refundedFen: 0,
      userCouponId,
      remark: body.remark ?? null,
      transactionId: null,
      closeReason: null,
      attemptCount: 0,
      closeAttempts: 0,
      nextCheckAt: expiresAt,
      createdAt: at,
      expiresAt,
      paidAt: null,
      closedAt: null,
    });
    order.id = await insertRow(tx, Order, order);
    const itemRows = items.map((item, at) => ({
      ...item,
      discountFen: discounts[at] ?? 0,
      returnHeld: 0,
      orderId: order.id,
    }));
    await insertRows(tx, OrderItem, itemRows);
    noteOrderChange(tx, orderNo, 'order.created');
    const placed = { ...order, items: itemRows };
    keepChangedOrder(tx, placed);
    return placed;
  }
}

/** The content of the body, independent of the order of its fields. */
function idempotencyFieldsOf({
  items,
  couponId,
  remark,
  expectedTotalFen,
  expectedPayableFen,
}: PlaceOrderBody): unknown[] {
  const lines = items.map(({ productId, quantity }) => [productId, quantity]);
  const shown = expectedTotalFen ?? expectedPayableFen;
  // Only where one is given, so that keys from before these fields existed stay valid.
  const expected = shown === undefined ? [] : [expectedTotalFen ?? null, expectedPayableFen ?? null];
  return [lines, couponId ?? null, remark ?? null, ...expected];
}

/**
 * Compares the amounts that the client says it has shown to the buyer with the order's amounts.
 * @throws DomainError PRICE_CHANGED with the new amounts.
 */
function assertExpectedPrice(
  { expectedTotalFen, expectedPayableFen }: PlaceOrderBody,
  now: { totalFen: number; payableFen?: number },
): void {
  const { totalFen, payableFen } = now;
  const isTotalShown = expectedTotalFen === undefined || expectedTotalFen === totalFen;
  const isPayableShown =
    expectedPayableFen === undefined || payableFen === undefined || expectedPayableFen === payableFen;
  if (isTotalShown && isPayableShown) return;
  throw new DomainError('PRICE_CHANGED', { params: { totalFen }, amounts: now });
}

function mergeLines(lines: StockLine[]): StockLine[] {
  const pieces = new Map<string, number>();
  for (const { productId, quantity } of lines) pieces.set(productId, (pieces.get(productId) ?? 0) + quantity);
  return [...pieces].map(([productId, quantity]) => ({ productId, quantity }));
}

function orderItemOf(
  { productId, quantity }: StockLine,
  products: Map<string, Product>,
): Pick<OrderItem, 'name' | 'unitFen' | 'quantity'> & StockLine {
  const product = products.get(productId);
  if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
  return { productId, name: product.name, unitFen: product.priceFen, quantity };
}
