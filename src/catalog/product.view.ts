import { ApiProperty } from '@nestjs/swagger';
import type { Product } from './product.entity.js';

/** A product as the outside sees it. Prices in fen. */
export class ProductView {
  @ApiProperty({ example: 'K7Q2M9XWPA0B3C4D' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ example: 1500, description: 'Fen.' })
  priceFen!: number;

  @ApiProperty({ description: 'Pieces that can still be ordered.' })
  stock!: number;

  @ApiProperty({ type: String, nullable: true })
  imageUrl!: string | null;
}

/** A product as staff see it. */
export class AdminProductView extends ProductView {
  @ApiProperty({ description: 'False: buyers do not see it and cannot order it. Stock stays what it is.' })
  onSale!: boolean;
}

export function adminProductView(product: Omit<Product, 'id' | 'createdAt'>): AdminProductView {
  return { ...productView(product), onSale: product.onSale };
}

export function productView(product: Omit<Product, 'id' | 'createdAt' | 'onSale'>): ProductView {
  const { productId, name, description, priceFen, stock, imageUrl } = product;
  return { id: productId, name, description, priceFen, stock, imageUrl };
}
