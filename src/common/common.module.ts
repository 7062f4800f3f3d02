import { Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { ClockWatch } from './clock-watch.js';
import { Metrics } from './metrics.js';

/** What everybody may ask for. */
@Global()
@Module({ providers: [Clock, ClockWatch, Metrics], exports: [Clock, ClockWatch, Metrics] })
export class CommonModule {}
