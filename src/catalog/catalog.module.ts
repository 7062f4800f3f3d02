import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogController } from './catalog.controller.js';
import { Catalog } from './catalog.js';
import { DemoProducts } from './demo-products.js';
import { ProductDesk } from './product-desk.js';

/** Products and their stock. */
@Module({
  imports: [AuditModule],
  controllers: [CatalogController],
  providers: [Catalog, DemoProducts, ProductDesk],
  exports: [Catalog, ProductDesk],
})
export class CatalogModule {}
