import { Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { ClockMonitor } from './clock-monitor.js';
import { Metrics } from './metrics.js';

/** Global providers: clock, clock monitor and metrics. */
@Global()
@Module({ providers: [Clock, ClockMonitor, Metrics], exports: [Clock, ClockMonitor, Metrics] })
export class CommonModule {}
