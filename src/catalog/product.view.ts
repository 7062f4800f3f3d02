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

export function productView(product: Omit<Product, 'id' | 'createdAt'>): ProductView {
  const { productId, name, description, priceFen, stock, imageUrl } = product;
  return { id: productId, name, description, priceFen, stock, imageUrl };
}
