import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { billDayOf, oldestBillDay, startOfDay } from './bill-day.js';
import { BillMaker } from './bill-maker.js';
import { TRADE_BILL_TYPES } from './files/trade-bill.js';

export const BILL_KINDS = ['TRADE', 'FUND'] as const;
export type BillKind = (typeof BILL_KINDS)[number];
export const AVAILABILITIES = ['normal', 'creating', 'none'] as const;
/**
 * `hash`: hash_value is another file's · `truncated`: the transfer ends early · `incomplete`: the file itself ends early, and
 * hash_value is of this file · `gzip`: the compressed bytes are damaged.
 */
export const DAMAGES = ['none', 'hash', 'truncated', 'incomplete', 'gzip'] as const;

/** How a bill is delivered. */
export interface DeliverySettings {
  readonly availability: (typeof AVAILABILITIES)[number];
  readonly damage: (typeof DAMAGES)[number];
}

const NORMAL: DeliverySettings = { availability: 'normal', damage: 'none' };

/** A bill as a call names it. `type` is ALL, SUCCESS, … or BASIC, …; unknown ones have no bill. */
export interface BillName {
  readonly kind: BillKind;
  readonly type: string;
  /** `yyyy-MM-dd` */
  readonly day: string;
}

/** Why there is no file. `DATE`: not a day, today or later. */
export type BillRefusal = 'DATE' | 'TOO_OLD' | 'CREATING' | 'NONE';

export interface DeliveredBill {
  /** Hex SHA-1 of the uncompressed file. */
  readonly hash: string;
  /** The bytes to send. */
  readonly bytes: Buffer;
}

/** Decides whether a bill can be downloaded, and packs it. */
@Injectable()
export class BillDelivery {
  private readonly settings = new Map<string, DeliverySettings>();

  constructor(
    private readonly maker: BillMaker,
    private readonly clock: SimulatorClock,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.settings.clear();
    });
  }

  settingsOf(day: string, kind: BillKind): DeliverySettings {
    return this.settings.get(`${day} ${kind}`) ?? NORMAL;
  }

  changeSettings(day: string, kind: BillKind, changes: Partial<DeliverySettings>): void {
    this.settings.set(`${day} ${kind}`, { ...this.settingsOf(day, kind), ...changes });
  }

  /** The packed bill, or why there is none. */
  deliver({ kind, type, day }: BillName, isZipped: boolean): DeliveredBill | BillRefusal {
    const refusal = this.refusalOf(kind, day);
    if (refusal !== undefined) return refusal;
    const bills = this.maker.find(day);
    const tradeType = TRADE_BILL_TYPES.find((known) => known === type);
    const fund = type === 'BASIC' ? bills?.fund : undefined;
    const trade = tradeType === undefined ? undefined : bills?.trade.get(tradeType);
    const text = kind === 'FUND' ? fund : trade;
    return text === undefined ? 'NONE' : pack(text, isZipped, this.settingsOf(day, kind).damage);
  }

  private refusalOf(kind: BillKind, day: string): BillRefusal | undefined {
    const now = this.clock.now();
    if (startOfDay(day) === undefined || day >= billDayOf(now)) return 'DATE';
    if (day < oldestBillDay(now)) return 'TOO_OLD';
    const { availability } = this.settingsOf(day, kind);
    if (availability === 'none') return 'NONE';
    return availability === 'creating' || this.maker.readyAt(day) > now ? 'CREATING' : undefined;
  }
}

/** A bill that ends early ends within a line of data. */
const KEPT_SHARE = 0.6;

function pack(text: string, isZipped: boolean, damage: DeliverySettings['damage']): DeliveredBill {
  const whole = Buffer.from(text);
  const file = damage === 'incomplete' ? cut(whole) : whole;
  const hash = sha1(damage === 'hash' ? Buffer.concat([file, Buffer.from('\n')]) : file);
  const bytes = isZipped ? gzipSync(file) : file;
  if (damage === 'truncated') return { hash, bytes: cut(bytes) };
  if (damage === 'gzip') return { hash, bytes: garbled(bytes) };
  return { hash, bytes };
}

function cut(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * KEPT_SHARE));
}

/** Inverts the second half: what was compressed is no longer readable, and a plain text no longer UTF-8. */
function garbled(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, n) => (n < bytes.length / 2 ? byte : byte ^ 0xff)));
}

function sha1(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}
