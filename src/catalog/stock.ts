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
export interface StockHolder {
  orderNo: string;
  at: Date;
}

/**
 * Takes the pieces out of the stock, by compare-and-set, and returns the products as sold.
 * @throws DomainError PRODUCT_NOT_FOUND or OUT_OF_STOCK, which names the product; the transaction must not commit then.
 */
export async function reserveStock(
  tx: EntityManager,
  lines: StockLine[],
  holder: StockHolder,
): Promise<Map<string, Product>> {
  const products = new Map<string, Product>();
  // Always in the same order: two orders for the same two products must not wait for each other in a ring.
  for (const line of inOrder(lines)) {
    const product = await tx.findOneBy(Product, { productId: line.productId });
    if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { facts: { productId: line.productId } });
    const { affected } = await tx
      .createQueryBuilder()
      .update(Product)
      .set({ stock: () => 'stock - :quantity' })
      .where('product_id = :productId AND stock >= :quantity', line)
      .execute();
    if (affected !== 1)
      throw new DomainError('OUT_OF_STOCK', { facts: { productId: line.productId, product: product.name } });
    products.set(line.productId, product);
  }
  await insertMovements(
    tx,
    lines.map((line) => movement(line, holder, 'RESERVED')),
  );
  return products;
}

/** Puts the pieces back. The unique key makes a second return of the same order fail instead of counting. */
export async function releaseStock(tx: EntityManager, lines: StockLine[], holder: StockHolder): Promise<void> {
  await insertMovements(
    tx,
    lines.map((line) => movement(line, holder, 'RELEASED')),
  );
  for (const { productId, quantity } of inOrder(lines)) {
    await tx.increment(Product, { productId }, 'stock', quantity);
  }
}

async function insertMovements(tx: EntityManager, movements: Omit<StockMovement, 'id'>[]): Promise<void> {
  await tx.insert(StockMovement, movements);
}

function movement(line: StockLine, holder: StockHolder, kind: 'RESERVED' | 'RELEASED'): Omit<StockMovement, 'id'> {
  const pieces = kind === 'RESERVED' ? -line.quantity : line.quantity;
  return { productId: line.productId, orderNo: holder.orderNo, kind, pieces, createdAt: holder.at };
}

function inOrder(lines: StockLine[]): StockLine[] {
  return lines.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
}
