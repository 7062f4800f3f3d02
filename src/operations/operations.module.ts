import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { AuthModule } from '../auth/auth.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsText } from './metrics-text.js';
import { ShopFiguresReader } from './shop-figures.js';
import { ShopGauges } from './shop-gauges.js';

/** What the people who run the service look at. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false }), AuthModule, WechatModule],
  controllers: [HealthController, MetricsController],
  providers: [MetricsText, ShopFiguresReader, ShopGauges],
})
export class OperationsModule {}
