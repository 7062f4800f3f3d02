import 'reflect-metadata';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Admin } from './src/admin/admin.entity.js';
import { Session } from './src/auth/session.entity.js';
import { User } from './src/auth/user.entity.js';
import { Product } from './src/catalog/product.entity.js';
import { StockMovement } from './src/catalog/stock-movement.entity.js';
import { dataSourceOptions } from './src/database/data-source-options.js';
import { CreateShop1795000000001 } from './src/database/migrations/1795000000001-CreateShop.js';
import { CreatePayments1795000000002 } from './src/database/migrations/1795000000002-CreatePayments.js';
import { CreateAdmins1795000000003 } from './src/database/migrations/1795000000003-CreateAdmins.js';
import { IdempotencyKey } from './src/order/idempotency-key.entity.js';
import { OrderItem } from './src/order/order-item.entity.js';
import { Order } from './src/order/order.entity.js';
import { PaymentEvent } from './src/payment/payment-event.entity.js';
import { Payment } from './src/payment/payment.entity.js';

export const entities = [
  User,
  Session,
  Product,
  StockMovement,
  Order,
  OrderItem,
  IdempotencyKey,
  Payment,
  PaymentEvent,
  Admin,
];
export const migrations = [CreateShop1795000000001, CreatePayments1795000000002, CreateAdmins1795000000003];

/** The data source of the service: the same tables and migrations wherever they live. */
export function optionsFor(settings: { DATABASE_URL: string; DATABASE_POOL_SIZE: number }): DataSourceOptions {
  return dataSourceOptions({ url: settings.DATABASE_URL, poolSize: settings.DATABASE_POOL_SIZE, entities, migrations });
}

/** The data source of TypeORM's command line. */
export default new DataSource(
  optionsFor({ DATABASE_URL: process.env['DATABASE_URL'] ?? 'sqlite:./data/dev.sqlite', DATABASE_POOL_SIZE: 2 }),
);
