import { ApiProperty } from '@nestjs/swagger';
import type { Product } from './product.entity.js';

/** A product in the API. Prices in fen. */
export class ProductView {
  @ApiProperty({ example: 'K7Q2M9XWPA0B3C4D' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ example: 1500, description: 'Fen.' })
  priceFen!: number;

  @ApiProperty({ description: 'Units that can still be ordered.' })
  stock!: number;

  @ApiProperty({ type: String, nullable: true })
  imageUrl!: string | null;
}

/** A product in the admin API. */
export class AdminProductView extends ProductView {
  @ApiProperty({ description: 'If false, buyers do not see the product and cannot order it.' })
  onSale!: boolean;
}

export function adminProductView(product: Omit<Product, 'id' | 'createdAt'>): AdminProductView {
  return { ...productView(product), onSale: product.onSale };
}

export function productView(product: Omit<Product, 'id' | 'createdAt' | 'onSale'>): ProductView {
  const { productId, name, description, priceFen, stock, imageUrl } = product;
  return { id: productId, name, description, priceFen, stock, imageUrl };
}
