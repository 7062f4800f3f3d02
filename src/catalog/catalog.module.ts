import { Module } from '@nestjs/common';
import { CatalogController } from './catalog.controller.js';
import { Catalog } from './catalog.js';
import { DemoProducts } from './demo-products.js';

/** Products and their stock. */
@Module({ controllers: [CatalogController], providers: [Catalog, DemoProducts], exports: [Catalog] })
export class CatalogModule {}
