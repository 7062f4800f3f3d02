import { Global, Module } from '@nestjs/common';
import { OutboxDispatcher } from './outbox-dispatcher.js';
import { Outbox } from './outbox.js';

/** The transactional outbox for messages to external systems. */
@Global()
@Module({ providers: [Outbox, OutboxDispatcher], exports: [Outbox, OutboxDispatcher] })
export class OutboxModule {}
