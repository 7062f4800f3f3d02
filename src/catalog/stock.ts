import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/problem/domain-error.js';
import { executeChange, findRows, insertRows } from '../database/rows.js';
import { Product } from './product.entity.js';
import { StockMovement } from './stock-movement.entity.js';

/** A number of units of one product. */
export interface StockLine {
  productId: string;
  quantity: number;
}

/** The order or refund that moves the units, and when. */
export interface StockMovementSource {
  orderNo: string;
  at: Date;
  /** Set when a refund returns the units. */
  refundNo?: string;
}

/**
 * Reserves units by compare-and-set and returns the products. `REOPENED` is for a closed order that was paid after all: it
 * reserves its units again, even when the product is off sale by now.
 * @throws DomainError PRODUCT_NOT_FOUND (also when it is not on sale) or OUT_OF_STOCK, which names the product. The
 * transaction must then roll back.
 */
export async function reserveStock(
  tx: EntityManager,
  lines: StockLine[],
  source: StockMovementSource,
  kind: 'RESERVED' | 'REOPENED' = 'RESERVED',
): Promise<Map<string, Product>> {
  const products = new Map<string, Product>();
  // Always in the same order, to avoid deadlocks between orders for the same products.
  for (const line of sortByProductId(lines)) {
    const { productId, quantity } = line;
    const [product] = await findRows(tx, Product, { productId }, 'productId');
    if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
    const onSale = kind === 'RESERVED' ? ' AND on_sale = 1' : '';
    const sql = `UPDATE products SET stock = stock - ? WHERE product_id = ? AND stock >= ?${onSale}`;
    const affected = await executeChange(tx, sql, [quantity, productId, quantity]);
    if (affected !== 1) throw await reservationError(tx, productId, kind);
    products.set(productId, product);
  }
  await insertMovements(
    tx,
    lines.map((line) => stockMovementOf(line, source, kind)),
  );
  return products;
}

async function reservationError(
  tx: EntityManager,
  productId: string,
  kind: 'RESERVED' | 'REOPENED',
): Promise<DomainError> {
  const product = await tx.findOneBy(Product, { productId });
  if (!product || (kind === 'RESERVED' && !product.onSale)) {
    return new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
  }
  return new DomainError('OUT_OF_STOCK', { params: { productId, product: product.name } });
}

/**
 * Returns units to stock: `RELEASED` by the close of an order, `RETURNED` by a refund. The unique key rejects a second release
 * of the same order and a second return of the same refund.
 */
export async function releaseStock(
  tx: EntityManager,
  lines: StockLine[],
  source: StockMovementSource,
  kind: 'RELEASED' | 'RETURNED' = 'RELEASED',
): Promise<void> {
  if (lines.length === 0) return;
  await insertMovements(
    tx,
    lines.map((line) => stockMovementOf(line, source, kind)),
  );
  for (const { productId, quantity } of sortByProductId(lines)) {
    await tx.increment(Product, { productId }, 'stock', quantity);
  }
}

/**
 * Locks a product until the transaction ends and returns it. Call it before any read, because MySQL's snapshot is fixed by the
 * first read.
 * @throws DomainError PRODUCT_NOT_FOUND.
 */
export async function lockProduct(tx: EntityManager, productId: string): Promise<Product> {
  await tx.update(Product, { productId }, { stock: () => 'stock' });
  const product = await tx.findOneBy(Product, { productId });
  if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
  return product;
}

/** Sets the stock of a product that `lockProduct` returned, and records the difference as a movement. */
export async function setStock(
  tx: EntityManager,
  { productId, stock: stockBefore }: Product,
  stock: number,
  at: Date,
): Promise<void> {
  if (stock === stockBefore) return;
  await tx.update(Product, { productId }, { stock });
  await insertMovements(tx, [
    { productId, orderNo: null, kind: 'ADJUSTED', refundNo: '', pieces: stock - stockBefore, createdAt: at },
  ]);
}

async function insertMovements(tx: EntityManager, movements: Omit<StockMovement, 'id'>[]): Promise<void> {
  await insertRows(tx, StockMovement, movements);
}

type OrderMovementKind = Exclude<StockMovement['kind'], 'RECEIVED' | 'ADJUSTED'>;

function stockMovementOf(
  line: StockLine,
  source: StockMovementSource,
  kind: OrderMovementKind,
): Omit<StockMovement, 'id'> {
  const pieces = kind === 'RESERVED' || kind === 'REOPENED' ? -line.quantity : line.quantity;
  const { orderNo, refundNo = '', at: createdAt } = source;
  return { productId: line.productId, orderNo, kind, refundNo, pieces, createdAt };
}

function sortByProductId(lines: StockLine[]): StockLine[] {
  return lines.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
}
