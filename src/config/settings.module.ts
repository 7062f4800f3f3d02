import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { readSettings } from './read-settings.js';
import { Settings } from './settings.js';

/** Provides the validated `Settings` to all modules. */
@Module({})
export class SettingsModule {
  static forEnvironment(environment: Readonly<Record<string, string | undefined>>): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      imports: [ConfigModule.forRoot({ ignoreEnvFile: true, load: [() => ({ settings: readSettings(environment) })] })],
      providers: [
        {
          provide: Settings,
          inject: [ConfigService],
          useFactory: (config: ConfigService) => config.getOrThrow<Settings>('settings'),
        },
      ],
      exports: [Settings],
    };
  }
}
