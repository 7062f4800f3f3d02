import { Injectable } from '@nestjs/common';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { newId } from '../common/ids.js';
import { type CountedPage, type CountedPageQuery, mapPage } from '../common/paging/paging.js';
import { findPage, NEWEST_FIRST } from '../database/lists/find-page.js';
import { contains } from '../database/lists/search-conditions.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { insertProduct, type CreateProductInput } from './catalog.service.js';
import { Product } from './product.entity.js';
import { adminProductView, type AdminProductView } from './product.view.js';
import { lockProduct, setStock } from './stock.js';

/** The fields to change; omitted fields keep their values. */
export interface UpdateProductInput extends Partial<Omit<CreateProductInput, 'id'>> {
  /** The stock that the caller has seen. If it differs from the current stock, nothing is changed. */
  expectedStock?: number;
}

export interface ProductSearchQuery extends CountedPageQuery {
  /** An id or a part of the name. */
  q?: string;
  onSale?: boolean;
}

/** Manages products for staff. Existing orders keep their price and name. */
@Injectable()
export class ProductService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: ProductSearchQuery): Promise<CountedPage<AdminProductView>> {
    const search = { where: searchConditions(query), order: NEWEST_FIRST };
    const page = await this.unitOfWork.read((manager) => findPage(manager, Product, query, search));
    return mapPage(page, adminProductView);
  }

  /** Includes products that are not on sale. @throws DomainError PRODUCT_NOT_FOUND. */
  async getProduct(productId: string): Promise<AdminProductView> {
    const product = await this.unitOfWork.read((manager) => manager.findOneBy(Product, { productId }));
    if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
    return adminProductView(product);
  }

  async create(actor: Actor, input: Omit<CreateProductInput, 'id'>): Promise<AdminProductView> {
    const productId = newId();
    return this.unitOfWork.run(async (tx) => {
      const existing = await tx.findOneBy(Product, { productId });
      if (existing) return adminProductView(existing); // an earlier commit succeeded, but its response was lost
      await insertProduct(tx, { ...input, id: productId }, this.clock.now());
      const after = adminProductView({ onSale: true, ...input, productId });
      await this.audit.write(tx, { actor, action: 'product.create', subject: productId, before: null, after });
      return after;
    });
  }

  /**
   * A new stock is the number of units that can be ordered from now on. Units reserved by orders stay reserved.
   * @throws DomainError PRODUCT_NOT_FOUND; STOCK_CHANGED when the stock differs from the expected one.
   */
  async update(actor: Actor, productId: string, change: UpdateProductInput): Promise<AdminProductView> {
    const { expectedStock, stock, ...fields } = withoutUndefined(change);
    return this.unitOfWork.run(async (tx) => {
      const product = await lockProduct(tx, productId);
      const before = adminProductView(product);
      if (expectedStock !== undefined && expectedStock !== product.stock) {
        throw new DomainError('STOCK_CHANGED', { params: { productId, stock: product.stock } });
      }
      if (stock !== undefined) await setStock(tx, product, stock, this.clock.now());
      if (Object.keys(fields).length > 0) await tx.update(Product, { productId }, fields);
      const after = adminProductView({ ...product, ...fields, stock: stock ?? product.stock });
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

/** The alternatives of a search, joined by OR. */
function searchConditions({ q, onSale }: ProductSearchQuery): FindOptionsWhere<Product>[] {
  const state = onSale === undefined ? {} : { onSale };
  if (q === undefined) return [state];
  return [
    { ...state, productId: q },
    { ...state, name: contains(q) },
  ];
}

/** Fields that were not sent exist in the body as undefined; TypeORM must not see them. */
function withoutUndefined(change: UpdateProductInput): UpdateProductInput {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function isDifferent(before: AdminProductView, after: AdminProductView): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
