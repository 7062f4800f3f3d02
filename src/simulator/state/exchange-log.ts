import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ResetRegistry } from './reset-registry.js';

/** One exchange in either direction. */
export interface ExchangeLogEntry {
  readonly id: number;
  /** Virtual time at which it began. */
  readonly at: Date;
  /** `received`: the merchant called us. `sent`: we called the merchant. */
  readonly direction: 'received' | 'sent';
  readonly method: string;
  /** Path of the call, or the whole notify_url. */
  readonly path: string;
  readonly request: string;
  out_trade_no?: string;
  out_refund_no?: string;
  /** Of the request; undefined when it was never looked at. */
  signatureOk?: boolean;
  /** What we made of it, in a few words: `SUCCESS`, `ORDERPAID`, `签名错误`, `accepted`, … */
  verdict?: string;
  /** The fault that was played on it. */
  fault?: string;
  /** Absent while it is still going on and when there was no answer. */
  answer?: { status: number; body: string };
  /** Reading of the machine's own stopwatch at the beginning. */
  readonly startedAtMs: number;
  /** Real milliseconds until the answer, or until it was given up. */
  latencyMs?: number;
  /** Set on a notice that was to be sent and was kept back by a fault: only the live feed tells of it. */
  readonly isKeptBack?: true;
  /** Number of the last change of anything in the journal that changed this. */
  revision: number;
}

type NewExchange = Pick<
  ExchangeLogEntry,
  'direction' | 'method' | 'path' | 'request' | 'out_trade_no' | 'out_refund_no'
>;

const MAX_ENTRIES = 20_000;
const MAX_BODY_CHARACTERS = 20_000;

/** Everything received and sent, in order; tests read it instead of guessing. The oldest entries go first. */
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

  /** Grows with every change, and does not go back at a reset. */
  get revision(): number {
    return this.revisions;
  }

  start(exchange: NewExchange): ExchangeLogEntry {
    const request = exchange.request.slice(0, MAX_BODY_CHARACTERS);
    const at = this.clock.now();
    return this.append({ id: ++this.lastId, at, startedAtMs: performance.now(), ...exchange, request, revision: 0 });
  }

  /** A notice that should have left now, and what kept it. */
  recordWithheldNotice(notice: Pick<ExchangeLogEntry, 'path' | 'out_trade_no' | 'out_refund_no'>, fault: string): void {
    const about = { direction: 'sent', method: 'POST', request: '', ...notice, fault } as const;
    const when = { at: this.clock.now(), startedAtMs: performance.now(), latencyMs: 0 };
    this.append({ id: ++this.lastId, ...about, ...when, isKeptBack: true, revision: 0 });
  }

  /** Nothing more will happen to it. */
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

  /** Every filter that is given must match; a path matches by a part of it. */
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

  /** What has begun or ended since; the journal's own `revision` is where to go on. */
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
