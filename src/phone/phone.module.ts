import { type DynamicModule, Module } from '@nestjs/common';
import { readSettings } from '../config/read-settings.js';
import { PhoneWechatController } from './phone-wechat.controller.js';
import { PhoneController } from './phone.controller.js';

/** The simulated phone. A live shop has none of its routes: this is decided before any route is registered. */
@Module({})
export class PhoneModule {
  static forEnvironment(environment: Readonly<Record<string, string | undefined>>): DynamicModule {
    const isSimulated = readSettings(environment).wechat.WECHAT_MODE === 'simulator';
    return { module: PhoneModule, controllers: isSimulated ? [PhoneController, PhoneWechatController] : [] };
  }
}
