import { Global, Module } from '@nestjs/common';
import { OutboxDelivery } from './outbox-delivery.js';
import { Outbox } from './outbox.js';

/** What is to be told outside, written together with what made it true. */
@Global()
@Module({ providers: [Outbox, OutboxDelivery], exports: [Outbox, OutboxDelivery] })
export class OutboxModule {}
