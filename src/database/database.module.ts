import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Metrics } from '../common/metrics.js';
import { Settings } from '../config/settings.js';
import { ensureShopIdentity, ForeignDatabaseError } from './ensure-shop-identity.js';
import { openDataSource } from './open-data-source.js';
import { StaffReadService } from './staff-read.service.js';
import { UnitOfWork } from './unit-of-work.js';

/** The migrated database of this shop and no other, and the unit of work as the only way to it. */
@Module({})
export class DatabaseModule {
  /** @param optionsFor the data source of app, CLI and migrations alike. */
  static forRoot(optionsFor: (settings: Settings) => DataSourceOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [Settings],
          useFactory: (settings: Settings) => ({
            ...optionsFor(settings),
            ...{ retryAttempts: 5, retryDelay: 1000, settings },
            toRetry: (error: unknown) => !(error instanceof ForeignDatabaseError),
          }),
          dataSourceFactory: async (options) => {
            if (!options) throw new Error('The data source has no options.');
            const { settings, ...rest } = options as DataSourceOptions & { settings: Settings };
            return openShopDatabase(rest, settings);
          },
        }),
      ],
      providers: [
        StaffReadService,
        {
          provide: UnitOfWork,
          inject: [DataSource, Metrics],
          useFactory: (dataSource: DataSource, metrics: Metrics) => new UnitOfWork(dataSource, metrics),
        },
      ],
      exports: [StaffReadService, UnitOfWork],
    };
  }
}

/** Before anything reads or writes: nothing may happen in the database of another shop. */
async function openShopDatabase(options: DataSourceOptions, settings: Settings): Promise<DataSource> {
  const dataSource = await openDataSource(options);
  try {
    await ensureShopIdentity(dataSource, settings);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
