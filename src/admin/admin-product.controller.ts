import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../audit/audit-log.js';
import { Catalog } from '../catalog/catalog.js';
import { ProductDesk } from '../catalog/product-desk.js';
import { ProductView } from '../catalog/product.view.js';
import { ApiPage } from '../common/page.dto.js';
import type { Page } from '../common/paging.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { AdminProductQuery, NewProductBody, ProductChangeBody } from './admin-product.dto.js';
import { AllowRole, CurrentActor } from './admin.guard.js';

@ApiTags('admin: products')
@ApiBearerAuth('admin')
@AllowRole('OPERATOR')
@Controller('admin/api/products')
export class AdminProductController {
  constructor(
    private readonly catalog: Catalog,
    private readonly desk: ProductDesk,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All products, newest first' })
  @ApiPage(ProductView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: AdminProductQuery): Promise<Page<ProductView>> {
    return this.desk.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One product' })
  @ApiOkResponse({ type: ProductView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'PRODUCT_NOT_FOUND')
  show(@Param('id') id: string): Promise<ProductView> {
    return this.catalog.show(id);
  }

  @Post()
  @ApiOperation({ summary: 'Put a product on the shelf' })
  @ApiCreatedResponse({ type: ProductView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  create(@CurrentActor() actor: Actor, @Body() body: NewProductBody): Promise<ProductView> {
    return this.desk.create(actor, body);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change any of its fields',
    description: 'Placed orders keep their name and price. A product is taken off sale by a stock of 0.',
  })
  @ApiOkResponse({ type: ProductView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'PRODUCT_NOT_FOUND', 'STOCK_CHANGED')
  change(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: ProductChangeBody): Promise<ProductView> {
    return this.desk.change(actor, id, body);
  }
}
