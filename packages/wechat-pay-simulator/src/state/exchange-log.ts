import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ResetRegistry } from './reset-registry.js';

/** One request and its response, in either direction. */
export interface ExchangeLogEntry {
  readonly id: number;
  /** Virtual time of its start. */
  readonly at: Date;
  /** `received`: the merchant called the simulator. `sent`: the simulator called the merchant. */
  readonly direction: 'received' | 'sent';
  readonly method: string;
  /** The path of the call, or the complete notify_url. */
  readonly path: string;
  readonly request: string;
  out_trade_no?: string;
  out_refund_no?: string;
  /** Whether the signature of the request is valid; undefined when it was not checked. */
  signatureOk?: boolean;
  /** The result in a few words: `SUCCESS`, `ORDERPAID`, `签名错误`, `accepted`, … */
  verdict?: string;
  /** The fault that was applied. */
  fault?: string;
  /** Absent while it is not finished and when there was no response. */
  answer?: { status: number; body: string };
  /** Monotonic time of its start, from `performance.now()`. */
  readonly startedAtMs: number;
  /** Real milliseconds until the response, or until it was abandoned. */
  latencyMs?: number;
  /** Set on a notice that a fault withheld; only the live feed shows it. */
  readonly isKeptBack?: true;
  /** The revision of the log at the last change of this entry. */
  revision: number;
}

type NewExchange = Pick<
  ExchangeLogEntry,
  'direction' | 'method' | 'path' | 'request' | 'out_trade_no' | 'out_refund_no'
>;

const MAX_ENTRIES = 20_000;
const MAX_BODY_CHARACTERS = 20_000;

/** All messages received and sent, in order, for tests and people. The oldest entries are dropped first. */
@Injectable()
export class ExchangeLog {
  private entries: ExchangeLogEntry[] = [];
  private lastId = 0;
  private revisions = 0;

  constructor(
    private readonly clock: SimulatorClock,
    private readonly settings: SimulatorSettings,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.entries = [];
      this.lastId = 0;
    });
  }

  /** Grows with every change; a reset does not lower it. */
  get revision(): number {
    return this.revisions;
  }

  start(exchange: NewExchange): ExchangeLogEntry {
    const request = exchange.request.slice(0, MAX_BODY_CHARACTERS);
    const at = this.clock.now();
    return this.append({ id: ++this.lastId, at, startedAtMs: performance.now(), ...exchange, request, revision: 0 });
  }

  /** Records a notice that a fault withheld. */
  recordWithheldNotice(notice: Pick<ExchangeLogEntry, 'path' | 'out_trade_no' | 'out_refund_no'>, fault: string): void {
    const about = { direction: 'sent', method: 'POST', request: '', ...notice, fault } as const;
    const when = { at: this.clock.now(), startedAtMs: performance.now(), latencyMs: 0 };
    this.append({ id: ++this.lastId, ...about, ...when, isKeptBack: true, revision: 0 });
  }

  /** Marks the exchange as finished. */
  finish(entry: ExchangeLogEntry): void {
    entry.latencyMs = Math.round(performance.now() - entry.startedAtMs);
    entry.revision = ++this.revisions;
    if (this.settings.isQuiet) return;
    const arrow = entry.direction === 'received' ? '→' : '←';
    const details = [
      entry.out_trade_no,
      entry.out_refund_no,
      arrow,
      entry.verdict,
      entry.fault && `(fault: ${entry.fault})`,
    ];
    console.log([entry.method, entry.path, ...details, `${entry.latencyMs} ms`].filter(Boolean).join(' '));
  }

  /** All given filters must match; `path` matches a part of the path. */
  find(filter: {
    path?: string | undefined;
    out_trade_no?: string | undefined;
    out_refund_no?: string | undefined;
  }): ExchangeLogEntry[] {
    return this.entries.filter(
      (entry) =>
        entry.isKeptBack === undefined &&
        (filter.path === undefined || entry.path.includes(filter.path)) &&
        (filter.out_trade_no === undefined || entry.out_trade_no === filter.out_trade_no) &&
        (filter.out_refund_no === undefined || entry.out_refund_no === filter.out_refund_no),
    );
  }

  /** The entries that started or finished after a revision. Continue with the current `revision` of the log. */
  changedAfter(revision: number): ExchangeLogEntry[] {
    return this.entries.filter((entry) => entry.revision > revision);
  }

  private append(entry: ExchangeLogEntry): ExchangeLogEntry {
    entry.revision = ++this.revisions;
    this.entries.push(entry);
    if (this.entries.length > MAX_ENTRIES) this.entries.shift();
    return entry;
  }
}
