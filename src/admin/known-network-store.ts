import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { KnownNetwork } from '../auth/known-network.entity.js';
import { Clock } from '../common/clock.js';
import { sha256 } from '../common/ids.js';
import { UnitOfWork } from '../database/unit-of-work.js';

const KNOWN_NETWORK_TTL_MS = 30 * 86_400_000;
/** How old the list in memory may be. */
const MAX_CACHE_AGE_MS = 10_000;
/** The clocks of two instances may differ by so much. */
const MAX_CLOCK_SKEW_MS = 60_000;
const MAX_CACHED_NETWORKS = 10_000;

/**
 * The networks with a good login in the last 30 days: in the database for all instances, with a copy in memory that is
 * at most ten seconds old. A flood costs one short statement in ten seconds.
 */
@Injectable()
export class KnownNetworkStore {
  private readonly log = new Logger(KnownNetworkStore.name);
  /** By hash: milliseconds since 1970. */
  private readonly knownUntil = new Map<string, number>();
  private refreshedAt = 0;
  private refreshing: Promise<void> | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Never throws: while the database is away, what memory says counts. */
  async has(network: string): Promise<boolean> {
    const key = sha256(network);
    if (!this.isCached(key) && Math.abs(this.now() - this.refreshedAt) > MAX_CACHE_AGE_MS) {
      this.refreshing ??= this.refreshCache().finally(() => (this.refreshing = null));
      await this.refreshing;
    }
    return this.isCached(key);
  }

  /** In the transaction of a good login. Safe to repeat. */
  async add(tx: EntityManager, network: string): Promise<void> {
    const row = { network: sha256(network), knownUntil: this.now() + KNOWN_NETWORK_TTL_MS };
    await tx.upsert(KnownNetwork, row, ['network']);
  }

  /** After that transaction: on this instance from now on. */
  addToCache(network: string): void {
    this.cache(sha256(network), this.now() + KNOWN_NETWORK_TTL_MS);
  }

  private isCached(key: string): boolean {
    const restMs = (this.knownUntil.get(key) ?? 0) - this.now();
    return restMs > 0 && restMs <= KNOWN_NETWORK_TTL_MS + MAX_CLOCK_SKEW_MS; // a later date was written by a wrong clock
  }

  /** The first time all of them, then those that came since. */
  private async refreshCache(): Promise<void> {
    const now = this.now();
    const isFirst = this.refreshedAt === 0 || this.refreshedAt > now;
    const after = isFirst ? now : this.refreshedAt + KNOWN_NETWORK_TTL_MS - MAX_CLOCK_SKEW_MS;
    try {
      const rows = await this.unitOfWork.read((manager) =>
        manager.find(KnownNetwork, {
          where: { knownUntil: MoreThan(after) },
          order: { knownUntil: 'DESC' },
          take: MAX_CACHED_NETWORKS,
        }),
      );
      for (const { network, knownUntil } of rows.toReversed()) this.cache(network, knownUntil);
      this.refreshedAt = now;
    } catch (error) {
      this.log.warn(`The known networks were not read: ${String(error)}`);
    }
  }

  private cache(key: string, until: number): void {
    this.knownUntil.delete(key);
    this.knownUntil.set(key, until);
    const oldest = this.knownUntil.keys().next().value;
    if (this.knownUntil.size > MAX_CACHED_NETWORKS && oldest !== undefined) this.knownUntil.delete(oldest);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
