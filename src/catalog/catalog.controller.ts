import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage } from '../common/paging/page.dto.js';
import { type Page, PageQuery } from '../common/paging/paging.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { CatalogService } from './catalog.service.js';
import { ProductView } from './product.view.js';

@ApiTags('catalog')
@Controller('api/products')
@RoutesFor('ANYONE')
export class CatalogController {
  constructor(private readonly catalog: CatalogService) {}

  @Get()
  @ApiOperation({ summary: 'List products, newest first' })
  @ApiPage(ProductView)
  @ProblemResponses('VALIDATION_FAILED')
  list(@Query() query: PageQuery): Promise<Page<ProductView>> {
    return this.catalog.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get a product' })
  @ApiOkResponse({ type: ProductView })
  @ProblemResponses('PRODUCT_NOT_FOUND')
  show(@Param('id') id: string): Promise<ProductView> {
    return this.catalog.getProduct(id);
  }
}
