import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { CatalogService, type CreateProductInput } from './catalog.service.js';

/** The ids are fixed, so that two instances starting at once cannot both insert the products. */
const DEMO_PRODUCTS: CreateProductInput[] = [
  {
    id: 'DEMOTEA',
    name: '龙井茶 Longjing tea',
    description: '明前特级，50 克。First pick of the year, 50 g.',
    priceFen: 8800,
    stock: 200,
    imageUrl: null,
  },
  {
    id: 'DEMOPEN',
    name: '签字笔 Gel pen',
    description: '黑色 0.5 毫米。Black, 0.5 mm.',
    priceFen: 350,
    stock: 1000,
    imageUrl: null,
  },
  {
    id: 'DEMONOTEBOOK',
    name: '笔记本 Notebook',
    description: 'A5，点阵，160 页。A5, dotted, 160 pages.',
    priceFen: 2600,
    stock: 300,
    imageUrl: null,
  },
  {
    id: 'DEMOSTICKER',
    name: '贴纸 Sticker',
    description: '一分钱试单。One fen, to try a payment.',
    priceFen: 1,
    stock: 100_000,
    imageUrl: null,
  },
];

/** Adds a few products to an empty shop when `SEED_DEMO_DATA` is set. */
@Injectable()
export class DemoProductSeeder implements OnApplicationBootstrap {
  private readonly log = new Logger(DemoProductSeeder.name);

  constructor(
    private readonly settings: Settings,
    private readonly catalog: CatalogService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings.SEED_DEMO_DATA || !(await this.catalog.isEmpty())) return;
    try {
      await this.catalog.add(DEMO_PRODUCTS);
      this.log.log(`Seeded ${DEMO_PRODUCTS.length} demo products`);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // another instance that started at the same time has inserted them
    }
  }
}
