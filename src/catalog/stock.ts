import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { Product } from './product.entity.js';
import { StockMovement } from './stock-movement.entity.js';

/** So many pieces of one product. */
export interface StockLine {
  productId: string;
  quantity: number;
}

/** Whose pieces move, and when. */
export interface StockMovementSource {
  orderNo: string;
  at: Date;
  /** The refund that returns them, where one does. */
  refundNo?: string;
}

/**
 * Takes the pieces out of the stock, by compare-and-set, and returns the products as sold. `REVIVED`: an order that gave
 * its pieces back is paid after all, and takes them again, also when the product has gone off sale since.
 * @throws DomainError PRODUCT_NOT_FOUND (also when it is not on sale) or OUT_OF_STOCK, which names the product; the
 * transaction must not commit then.
 */
export async function reserveStock(
  tx: EntityManager,
  lines: StockLine[],
  holder: StockMovementSource,
  kind: 'RESERVED' | 'REVIVED' = 'RESERVED',
): Promise<Map<string, Product>> {
  const products = new Map<string, Product>();
  // Always in the same order: two orders for the same two products must not wait for each other in a ring.
  for (const line of sortByProductId(lines)) {
    const product = await tx.findOneBy(Product, { productId: line.productId });
    if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { params: { productId: line.productId } });
    const taken = tx
      .createQueryBuilder()
      .update(Product)
      .set({ stock: () => 'stock - :quantity' })
      .where('product_id = :productId AND stock >= :quantity', line);
    if (kind === 'RESERVED') taken.andWhere('on_sale = :onSale', { onSale: true });
    if ((await taken.execute()).affected !== 1) throw await reservationError(tx, line.productId, kind);
    products.set(line.productId, product);
  }
  await insertMovements(
    tx,
    lines.map((line) => stockMovementOf(line, holder, kind)),
  );
  return products;
}

async function reservationError(
  tx: EntityManager,
  productId: string,
  kind: 'RESERVED' | 'REVIVED',
): Promise<DomainError> {
  const product = await tx.findOneBy(Product, { productId });
  if (!product || (kind === 'RESERVED' && !product.onSale)) {
    return new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
  }
  return new DomainError('OUT_OF_STOCK', { params: { productId, product: product.name } });
}

/**
 * Puts the pieces back: `RELEASED` by the close of an order, `RETURNED` by a refund. The unique key makes a second release
 * of the same order, or a second return of the same refund, fail instead of counting.
 */
export async function releaseStock(
  tx: EntityManager,
  lines: StockLine[],
  holder: StockMovementSource,
  kind: 'RELEASED' | 'RETURNED' = 'RELEASED',
): Promise<void> {
  if (lines.length === 0) return;
  await insertMovements(
    tx,
    lines.map((line) => stockMovementOf(line, holder, kind)),
  );
  for (const { productId, quantity } of sortByProductId(lines)) {
    await tx.increment(Product, { productId }, 'stock', quantity);
  }
}

/**
 * The product as it is now, which no order changes until the transaction ends. Call it before anything is read: MySQL
 * would go on showing the stock that it showed first.
 * @throws DomainError PRODUCT_NOT_FOUND.
 */
export async function lockProduct(tx: EntityManager, productId: string): Promise<Product> {
  await tx
    .createQueryBuilder()
    .update(Product)
    .set({ stock: () => 'stock' })
    .where({ productId })
    .execute();
  const product = await tx.findOneBy(Product, { productId });
  if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
  return product;
}

/** Makes so many pieces available of a product that `lockStock` returned; the movement is the difference. */
export async function setStock(
  tx: EntityManager,
  { productId, stock: before }: Product,
  stock: number,
  at: Date,
): Promise<void> {
  if (stock === before) return;
  await tx.update(Product, { productId }, { stock });
  await insertMovements(tx, [
    { productId, orderNo: null, kind: 'ADJUSTED', refundNo: '', pieces: stock - before, createdAt: at },
  ]);
}

async function insertMovements(tx: EntityManager, movements: Omit<StockMovement, 'id'>[]): Promise<void> {
  await tx.insert(StockMovement, movements);
}

type OrderMovementKind = Exclude<StockMovement['kind'], 'RECEIVED' | 'ADJUSTED'>;

function stockMovementOf(
  line: StockLine,
  holder: StockMovementSource,
  kind: OrderMovementKind,
): Omit<StockMovement, 'id'> {
  const pieces = kind === 'RESERVED' || kind === 'REVIVED' ? -line.quantity : line.quantity;
  const { orderNo, refundNo = '', at: createdAt } = holder;
  return { productId: line.productId, orderNo, kind, refundNo, pieces, createdAt };
}

function sortByProductId(lines: StockLine[]): StockLine[] {
  return lines.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
}
