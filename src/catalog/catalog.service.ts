import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { newId } from '../common/ids.js';
import { mapPage, type Page, type PageQuery } from '../common/paging/paging.js';
import { findPage, NEWEST_FIRST } from '../database/lists/find-page.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Product } from './product.entity.js';
import { productView, type ProductView } from './product.view.js';
import { StockMovement } from './stock-movement.entity.js';

/** The fields of a new product. */
export interface CreateProductInput {
  /** Random when omitted. */
  id?: string;
  name: string;
  description: string;
  priceFen: number;
  stock: number;
  imageUrl: string | null;
  /** Default: true. */
  onSale?: boolean;
}

/** The catalog for buyers. */
@Injectable()
export class CatalogService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Lists the products on sale, newest first. */
  async list(query: PageQuery): Promise<Page<ProductView>> {
    const search = { where: { onSale: true }, order: NEWEST_FIRST };
    const page = await this.unitOfWork.read((manager) => findPage(manager, Product, query, search));
    return mapPage(page, productView);
  }

  /** @throws DomainError PRODUCT_NOT_FOUND, also for a product that is not on sale. */
  async getProduct(productId: string): Promise<ProductView> {
    const product = await this.unitOfWork.read((manager) => manager.findOneBy(Product, { productId, onSale: true }));
    if (!product) throw new DomainError('PRODUCT_NOT_FOUND', { params: { productId } });
    return productView(product);
  }

  /** Adds products with their initial stock movements in one transaction. Throws a unique violation for an id that is taken. */
  async add(products: CreateProductInput[]): Promise<void> {
    const createdAt = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      for (const product of products) await insertProduct(tx, product, createdAt);
    });
  }

  isEmpty(): Promise<boolean> {
    return this.unitOfWork.read(async (manager) => !(await manager.exists(Product)));
  }
}

/** Adds a product with its initial stock movement. Throws a unique violation for an id that is taken. */
export async function insertProduct(
  tx: EntityManager,
  { id: productId = newId(), onSale = true, ...fields }: CreateProductInput,
  createdAt: Date,
): Promise<void> {
  await tx.insert(Product, { ...fields, onSale, productId, createdAt });
  await tx.insert(StockMovement, {
    productId,
    orderNo: null,
    kind: 'RECEIVED',
    refundNo: '',
    pieces: fields.stock,
    createdAt,
  });
}
