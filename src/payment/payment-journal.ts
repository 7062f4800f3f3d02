import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { insertRow } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PaymentEvent, type PaymentEventType } from './payment-event.entity.js';

/** Characters of a raw text that are kept. An honest message has less than 4,000. */
const RAW_LIMIT = 16_000;

/** A line for the journal. */
export interface JournalEntry {
  type: PaymentEventType;
  result: string;
  orderNo?: string | null;
  outTradeNo?: string | null;
  detail?: string | null;
  raw?: string | null;
}

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
      result: entry.result.slice(0, 32),
      orderNo: entry.orderNo ?? null,
      outTradeNo: entry.outTradeNo?.slice(0, 64) ?? null,
      detail: entry.detail?.slice(0, 500) ?? null,
      raw: entry.raw?.slice(0, RAW_LIMIT) ?? null,
    });
  }

  /** On its own, when nothing else changes. */
  async record(entry: JournalEntry): Promise<void> {
    await this.unitOfWork.run((tx) => this.write(tx, entry));
  }

  /** The events of one order, in the order they happened. */
  ofOrder(orderNo: string): Promise<PaymentEvent[]> {
    return this.unitOfWork.read((manager) => manager.find(PaymentEvent, { where: { orderNo }, order: { id: 'ASC' } }));
  }
}
