import { Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';

/** What everybody may ask for. */
@Global()
@Module({ providers: [Clock], exports: [Clock] })
export class CommonModule {}
