import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StockLine } from '../catalog/stock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { Metrics } from '../common/metrics/metrics.js';
import { defineLimitCounter } from '../common/metrics/metric-definitions.js';
import { Settings } from '../config/settings.js';

const PENDING_ORDER_LIMIT_REACHED = defineLimitCounter('pending-orders');
const UNPAID_UNITS_LIMIT_REACHED = defineLimitCounter('unpaid-pieces');

/** Limits how much stock one buyer can reserve without paying. */
@Injectable()
export class OrderLimitService {
  constructor(
    private readonly settings: Settings,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Call it after `lockUserForOrder`: no other order of this user can be placed until the transaction ends.
   * @throws DomainError ORDER_LIMIT_REACHED when the user would have too many unpaid orders, or too many unpaid units
   * of one product.
   */
  async assertWithinLimits(tx: EntityManager, userId: string, lines: readonly StockLine[]): Promise<void> {
    const { MAX_PENDING_ORDERS_PER_USER: maxOrders, MAX_UNPAID_PIECES_PER_USER: maxPieces } = this.settings;
    const pending = await countPending(tx, userId);
    if (pending >= maxOrders) {
      this.metrics.increment(PENDING_ORDER_LIMIT_REACHED);
      throw tooManyOrders(pending);
    }
    const unpaid = await sumUnpaidPieces(tx, userId, lines);
    if (lines.every(({ productId, quantity }) => quantity + (unpaid.get(productId) ?? 0) <= maxPieces)) return;
    this.metrics.increment(UNPAID_UNITS_LIMIT_REACHED);
    throw tooManyPieces(maxPieces);
  }
}

async function countPending(tx: EntityManager, userId: string): Promise<number> {
  const sql = "SELECT COUNT(*) AS pending FROM orders WHERE user_id = ? AND status = 'PENDING'";
  const [row] = await tx.query<{ pending: number | string }[]>(sql, [userId]);
  return Number(row?.pending);
}

/** Units of these products in the user's pending orders, by product. */
async function sumUnpaidPieces(
  tx: EntityManager,
  userId: string,
  lines: readonly StockLine[],
): Promise<Map<string, number>> {
  const marks = lines.map(() => '?').join(', ');
  // MySQL returns sums as strings.
  const rows = await tx.query<{ productId: string; pieces: number | string }[]>(
    `SELECT i.product_id AS productId, SUM(i.quantity) AS pieces FROM order_items i JOIN orders o ON o.id = i.order_id
     WHERE o.user_id = ? AND o.status = 'PENDING' AND i.product_id IN (${marks}) GROUP BY i.product_id`,
    [userId, ...lines.map(({ productId }) => productId)],
  );
  return new Map(rows.map(({ productId, pieces }) => [productId, Number(pieces)]));
}

function tooManyOrders(pending: number): DomainError {
  return new DomainError('ORDER_LIMIT_REACHED', {
    params: { pending },
    detail: [
      'You have {pending} unpaid orders. Pay or cancel one of them first.',
      '您有 {pending} 个未支付的订单，请先支付或取消其中一个。',
    ],
  });
}

function tooManyPieces(most: number): DomainError {
  return new DomainError('ORDER_LIMIT_REACHED', {
    params: { most },
    detail: [
      'You can have at most {most} unpaid units of one product. Order fewer, or pay or cancel an earlier order first.',
      '同一商品待支付的数量最多 {most} 件，请减少数量，或先支付、取消之前的订单。',
    ],
  });
}
