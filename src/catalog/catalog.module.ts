import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogController } from './catalog.controller.js';
import { CatalogService } from './catalog.service.js';
import { DemoProductSeeder } from './demo-product-seeder.js';
import { ProductService } from './product.service.js';

/** Products and their stock. */
@Module({
  imports: [AuditModule],
  controllers: [CatalogController],
  providers: [CatalogService, DemoProductSeeder, ProductService],
  exports: [CatalogService, ProductService],
})
export class CatalogModule {}
