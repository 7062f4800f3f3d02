import { Global, Module } from '@nestjs/common';
import { OutboxDispatcher } from './outbox-dispatcher.js';
import { Outbox } from './outbox.js';

/** What is to be told outside, written together with what made it true. */
@Global()
@Module({ providers: [Outbox, OutboxDispatcher], exports: [Outbox, OutboxDispatcher] })
export class OutboxModule {}
