import 'reflect-metadata';
import { PRIVATE_UMASK } from './src/database/sqlite/private-files.js';
import { ShopDataSource } from './src/database/data-source/open-data-source.js';
import { dataSourceOptionsFor } from './src/tables.js';

export { entities, migrations, dataSourceOptionsFor } from './src/tables.js';

process.umask(PRIVATE_UMASK);

/** The data source of TypeORM's command line. The service must not import it: it creates its own from its settings. */
export default new ShopDataSource(
  dataSourceOptionsFor({
    DATABASE_URL: process.env['DATABASE_URL'] ?? 'sqlite:./data/dev.sqlite',
    DATABASE_POOL_SIZE: 2,
  }),
);
