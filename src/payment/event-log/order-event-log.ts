import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { insertRow } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type EventResult, type EventDataOf, eventDataToJson, type OrderEventType } from './order-event-types.js';
import { OrderEvent } from './order-event.entity.js';

/** Characters of a raw message that are kept. A genuine message has fewer than 4,000. */
const MAX_RAW_LENGTH = 16_000;

export interface NewOrderEventOf<T extends OrderEventType> {
  type: T;
  result: EventResult<T>;
  orderNo?: string | null;
  outTradeNo?: string | null;
  data?: EventDataOf<T>;
  raw?: string | null;
}

/** An event to write; its result and data depend on its type. */
export type NewOrderEvent = { [T in OrderEventType]: NewOrderEventOf<T> }[OrderEventType];

/** Appends to the event log of orders. */
@Injectable()
export class OrderEventLog {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Writes within the transaction that the event belongs to. */
  async write(tx: EntityManager, entry: NewOrderEvent): Promise<void> {
    await insertRow(tx, OrderEvent, {
      at: this.clock.now(),
      type: entry.type,
      result: entry.result,
      orderNo: entry.orderNo ?? null,
      outTradeNo: entry.outTradeNo?.slice(0, 64) ?? null,
      data: entry.data ? eventDataToJson(entry.data) : null,
      raw: entry.raw?.slice(0, MAX_RAW_LENGTH) ?? null,
    });
  }

  /** Writes in its own transaction, when nothing else changes. */
  async record(entry: NewOrderEvent): Promise<void> {
    await this.unitOfWork.run((tx) => this.write(tx, entry));
  }
}
