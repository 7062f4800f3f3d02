import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Metrics } from '../common/metrics.js';
import { Settings } from '../config/settings.js';
import { openDataSource } from './open-data-source.js';
import { UnitOfWork } from './unit-of-work.js';

/** The migrated database, and the unit of work as the only way to it. */
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
          useFactory: (settings: Settings) => ({ ...optionsFor(settings), retryAttempts: 5, retryDelay: 1000 }),
          dataSourceFactory: (options) => {
            if (!options) throw new Error('The data source has no options.');
            return openDataSource(options);
          },
        }),
      ],
      providers: [
        {
          provide: UnitOfWork,
          inject: [DataSource, Metrics],
          useFactory: (dataSource: DataSource, metrics: Metrics) => new UnitOfWork(dataSource, metrics),
        },
      ],
      exports: [UnitOfWork],
    };
  }
}
