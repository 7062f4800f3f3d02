import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Metrics } from '../common/metrics/metrics.js';
import { Settings } from '../config/settings.js';
import { ensureShopIdentity, ForeignDatabaseError } from './shop-identity/ensure-shop-identity.js';
import { openDataSource } from './data-source/open-data-source.js';
import { StaffReadService } from './staff-read/staff-read.service.js';
import { UnitOfWork } from './unit-of-work.js';

/** Opens and migrates the database, checks that it belongs to this shop, and provides `UnitOfWork` for all access. */
@Module({})
export class DatabaseModule {
  /** @param optionsFor the options shared by the service, the CLI and the migrations. */
  static forRoot(optionsFor: (settings: Settings) => DataSourceOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [Settings],
          useFactory: (settings: Settings) => ({
            ...optionsFor(settings),
            retryAttempts: 5,
            retryDelay: 1000,
            settings,
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

/** Checks the identity first, because nothing may be read or written in the database of another shop. */
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
