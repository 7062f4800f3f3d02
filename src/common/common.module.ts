import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AudienceGuard } from './http/route-audience.js';
import { Clock } from './time/clock.js';
import { ClockMonitor } from './time/clock-monitor.js';
import { Metrics } from './metrics/metrics.js';

/** Global providers: clock, clock monitor and metrics, and the guard for controllers without an audience. */
@Global()
@Module({
  providers: [Clock, ClockMonitor, Metrics, { provide: APP_GUARD, useClass: AudienceGuard }],
  exports: [Clock, ClockMonitor, Metrics],
})
export class CommonModule {}
