import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, LessThan, Raw } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { newId } from '../common/ids.js';
import { beforeRowId, type Page, pageOf, type PageQuery } from '../common/paging.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { insertProduct, type CreateProductInput } from './catalog.service.js';
import { Product } from './product.entity.js';
import { adminProductView, type AdminProductView } from './product.view.js';
import { lockProduct, setStock } from './stock.js';

/** What shall be different; absent stays. */
export interface UpdateProductInput extends Partial<Omit<CreateProductInput, 'id'>> {
  /** What the caller believes is available: when it is not, nothing is changed. */
  expectedStock?: number;
}

export interface ProductSearchQuery extends PageQuery {
  /** An id, or a part of the name. */
  q?: string;
  onSale?: boolean;
  withTotal?: boolean;
}

/** What staff do with the products. Orders that are placed keep the price and name they were placed with. */
@Injectable()
export class ProductService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: ProductSearchQuery): Promise<Page<AdminProductView> & { total?: number }> {
    const row = beforeRowId(query);
    const wanted = searchConditions(query);
    const where = row === undefined ? wanted : wanted.map((only) => ({ ...only, id: LessThan(row) }));
    return this.unitOfWork.read(async (manager) => {
      const rows = await manager.find(Product, { where, order: { id: 'DESC' }, take: query.limit + 1 });
      const page = pageOf(rows, query, adminProductView);
      return query.withTotal ? { ...page, total: await manager.countBy(Product, wanted) } : page;
    });
  }

  /** Also one that is not on sale. @throws DomainError PRODUCT_NOT_FOUND. */
  async show(productId: string): Promise<AdminProductView> {
    const product = await this.unitOfWork.read((manager) => manager.findOneBy(Product, { productId }));
    if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
    return adminProductView(product);
  }

  async create(actor: Actor, facts: Omit<CreateProductInput, 'id'>): Promise<AdminProductView> {
    const productId = newId();
    return this.unitOfWork.run(async (tx) => {
      const made = await tx.findOneBy(Product, { productId });
      if (made) return adminProductView(made); // a commit whose answer was lost
      await insertProduct(tx, { ...facts, id: productId }, this.clock.now());
      const after = adminProductView({ onSale: true, ...facts, productId });
      await this.audit.write(tx, { actor, action: 'product.create', subject: productId, before: null, after });
      return after;
    });
  }

  /**
   * A new stock is what can be ordered from this moment on, whatever orders hold: they keep it.
   * @throws DomainError PRODUCT_NOT_FOUND; STOCK_CHANGED when another stock was expected.
   */
  async update(actor: Actor, productId: string, change: UpdateProductInput): Promise<AdminProductView> {
    const { expectedStock, stock, ...facts } = withoutUndefined(change);
    return this.unitOfWork.run(async (tx) => {
      const product = await lockProduct(tx, productId);
      const before = adminProductView(product);
      if (expectedStock !== undefined && expectedStock !== product.stock) {
        throw new DomainError('STOCK_CHANGED', { params: { productId, stock: product.stock } });
      }
      if (stock !== undefined) await setStock(tx, product, stock, this.clock.now());
      if (Object.keys(facts).length > 0) await tx.update(Product, { productId }, facts);
      const after = adminProductView({ ...product, ...facts, stock: stock ?? product.stock });
      if (isDifferent(before, after)) await this.writeChange(tx, actor, before, after);
      return after;
    });
  }

  private writeChange(
    tx: EntityManager,
    actor: Actor,
    before: AdminProductView,
    after: AdminProductView,
  ): Promise<void> {
    return this.audit.write(tx, { actor, action: 'product.update', subject: before.id, before, after });
  }
}

/** Any of these. Capitals and small letters are the same to somebody who searches. */
function searchConditions({ q, onSale }: ProductSearchQuery): FindOptionsWhere<Product>[] {
  const state = onSale === undefined ? {} : { onSale };
  if (q === undefined) return [state];
  const part = `%${q.replaceAll(/[!%_]/g, '!$&')}%`;
  const name = Raw((column) => `LOWER(${column}) LIKE LOWER(:part) ESCAPE '!'`, { part });
  return [
    { ...state, productId: q },
    { ...state, name },
  ];
}

/** The fields of a body that were not sent are there all the same, as undefined. */
function withoutUndefined(change: UpdateProductInput): UpdateProductInput {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function isDifferent(before: AdminProductView, after: AdminProductView): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
