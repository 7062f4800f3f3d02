import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { ProductService } from '../../catalog/product.service.js';
import { AdminProductView } from '../../catalog/product.view.js';
import { ApiPage } from '../../common/paging/page.dto.js';
import type { Page } from '../../common/paging/paging.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { StaffRead } from '../../database/staff-read/staff-read.service.js';
import { AdminProductQuery, NewProductBody, ProductChangeBody } from './admin-product.dto.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';

@ApiTags('admin: products')
@ApiBearerAuth('admin')
@AllowRole('OPERATOR')
@Controller('admin/api/products')
@RoutesFor('STAFF')
export class AdminProductController {
  constructor(private readonly products: ProductService) {}

  @Get()
  @StaffRead()
  @ApiOperation({ summary: 'List products, newest first' })
  @ApiPage(AdminProductView)
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  list(@Query() query: AdminProductQuery): Promise<Page<AdminProductView>> {
    return this.products.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get a product' })
  @ApiOkResponse({ type: AdminProductView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'PRODUCT_NOT_FOUND')
  show(@Param('id') id: string): Promise<AdminProductView> {
    return this.products.getProduct(id);
  }

  @Post()
  @ApiOperation({ summary: 'Create a product' })
  @ApiCreatedResponse({ type: AdminProductView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN')
  create(@CurrentActor() actor: Actor, @Body() body: NewProductBody): Promise<AdminProductView> {
    return this.products.create(actor, { ...body, imageUrl: body.imageUrl || null });
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Update a product',
    description:
      'Existing orders keep their name and price. `onSale: false` takes the product off sale; pending orders can still be paid.',
  })
  @ApiOkResponse({ type: AdminProductView })
  @ProblemResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'PRODUCT_NOT_FOUND', 'STOCK_CHANGED')
  change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: ProductChangeBody,
  ): Promise<AdminProductView> {
    const { imageUrl, ...change } = body;
    return this.products.update(actor, id, imageUrl === undefined ? change : { ...change, imageUrl: imageUrl || null });
  }
}
