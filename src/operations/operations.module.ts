import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { AuthModule } from '../auth/auth.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { MetricsExporter } from './metrics/metrics-exporter.js';
import { ShopStatsReader } from './metrics/shop-stats.js';
import { ShopGauges } from './metrics/shop-gauges.js';

/** Health checks and metrics for operators. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false }), AuthModule, WechatModule],
  controllers: [HealthController, MetricsController],
  providers: [MetricsExporter, ShopStatsReader, ShopGauges],
})
export class OperationsModule {}
