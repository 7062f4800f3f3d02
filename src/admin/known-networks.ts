import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { KnownNetwork } from '../auth/known-network.entity.js';
import { Clock } from '../common/clock.js';
import { sha256 } from '../common/ids.js';
import { UnitOfWork } from '../database/unit-of-work.js';

const KNOWN_FOR_MS = 30 * 86_400_000;
/** How old the list in memory may be. */
const MAX_AGE_MS = 10_000;
/** The clocks of two instances may differ by so much. */
const CLOCK_DIFFERENCE_MS = 60_000;
const MAX_KEPT = 10_000;

/**
 * The networks with a good login in the last 30 days: in the database for all instances, with a copy in memory that is
 * at most ten seconds old. A flood costs one short statement in ten seconds.
 */
@Injectable()
export class KnownNetworks {
  private readonly log = new Logger(KnownNetworks.name);
  /** By hash: milliseconds since 1970. */
  private readonly knownUntil = new Map<string, number>();
  private readAt = 0;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Never throws: while the database is away, what memory says counts. */
  async has(network: string): Promise<boolean> {
    const key = sha256(network);
    if (!this.isKnown(key) && Math.abs(this.now() - this.readAt) > MAX_AGE_MS) {
      this.reading ??= this.read().finally(() => (this.reading = null));
      await this.reading;
    }
    return this.isKnown(key);
  }

  /** In the transaction of a good login. Safe to repeat. */
  async add(tx: EntityManager, network: string): Promise<void> {
    const row = { network: sha256(network), knownUntil: this.now() + KNOWN_FOR_MS };
    await tx.upsert(KnownNetwork, row, ['network']);
  }

  /** After that transaction: on this instance from now on. */
  remember(network: string): void {
    this.keep(sha256(network), this.now() + KNOWN_FOR_MS);
  }

  private isKnown(key: string): boolean {
    const restMs = (this.knownUntil.get(key) ?? 0) - this.now();
    return restMs > 0 && restMs <= KNOWN_FOR_MS + CLOCK_DIFFERENCE_MS; // a later date was written by a wrong clock
  }

  /** The first time all of them, then those that came since. */
  private async read(): Promise<void> {
    const now = this.now();
    const isFirst = this.readAt === 0 || this.readAt > now;
    const after = isFirst ? now : this.readAt + KNOWN_FOR_MS - CLOCK_DIFFERENCE_MS;
    try {
      const rows = await this.unitOfWork.read((manager) =>
        manager.find(KnownNetwork, {
          where: { knownUntil: MoreThan(after) },
          order: { knownUntil: 'DESC' },
          take: MAX_KEPT,
        }),
      );
      for (const { network, knownUntil } of rows.toReversed()) this.keep(network, knownUntil);
      this.readAt = now;
    } catch (error) {
      this.log.warn(`The known networks were not read: ${String(error)}`);
    }
  }

  private keep(key: string, until: number): void {
    this.knownUntil.delete(key);
    this.knownUntil.set(key, until);
    const oldest = this.knownUntil.keys().next().value;
    if (this.knownUntil.size > MAX_KEPT && oldest !== undefined) this.knownUntil.delete(oldest);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
