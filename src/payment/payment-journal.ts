import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { insertRow } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { type EventResult, type FactsOf, factsToJson, type PaymentEventType } from './event-facts.js';
import { PaymentEvent } from './payment-event.entity.js';

/** Characters of a raw text that are kept. An honest message has less than 4,000. */
const RAW_LIMIT = 16_000;

interface EntryOf<T extends PaymentEventType> {
  type: T;
  result: EventResult<T>;
  orderNo?: string | null;
  outTradeNo?: string | null;
  facts?: FactsOf<T>;
  raw?: string | null;
}

/** A line for the journal: facts alone, no sentence. */
export type JournalEntry = { [T in PaymentEventType]: EntryOf<T> }[PaymentEventType];

/** Writes the append-only record of what was said and decided. */
@Injectable()
export class PaymentJournal {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Within the transaction that acts on it. */
  async write(tx: EntityManager, entry: JournalEntry): Promise<void> {
    await insertRow(tx, PaymentEvent, {
      at: this.clock.now(),
      type: entry.type,
      result: entry.result,
      orderNo: entry.orderNo ?? null,
      outTradeNo: entry.outTradeNo?.slice(0, 64) ?? null,
      facts: entry.facts ? factsToJson(entry.facts) : null,
      raw: entry.raw?.slice(0, RAW_LIMIT) ?? null,
    });
  }

  /** On its own, when nothing else changes. */
  async record(entry: JournalEntry): Promise<void> {
    await this.unitOfWork.run((tx) => this.write(tx, entry));
  }
}
