import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { KnownNetwork } from '../../../auth/known-network.entity.js';
import { BoundedMap } from '../../../common/bounded-map.js';
import { Clock, MAX_CLOCK_SKEW_MS } from '../../../common/time/clock.js';
import { sha256 } from '../../../common/ids.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';

const KNOWN_NETWORK_TTL_MS = 30 * 86_400_000;
/** Minimum time between two successful reads of the database. */
const MIN_REFRESH_INTERVAL_MS = 10_000;
const MAX_CACHED_NETWORKS = 10_000;

/**
 * Stores the networks with a successful staff login in the last 30 days: in the database for all instances, with a copy of at
 * most 10,000 in memory. A network that is not in the copy is looked up again at most every ten seconds, so that a flood of
 * logins costs one short statement every ten seconds.
 */
@Injectable()
export class KnownNetworkStore {
  private readonly log = new Logger(KnownNetworkStore.name);
  /** Hash of the network → expiry in milliseconds since 1970. */
  private readonly knownUntil = new BoundedMap<string, number>(MAX_CACHED_NETWORKS);
  private refreshedAt = 0;
  private refreshing: Promise<void> | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Never throws: while the database is unavailable, the copy in memory decides. */
  async has(network: string): Promise<boolean> {
    const key = sha256(network);
    if (!this.isCached(key) && Math.abs(this.now() - this.refreshedAt) > MIN_REFRESH_INTERVAL_MS) {
      this.refreshing ??= this.refreshCache().finally(() => (this.refreshing = null));
      await this.refreshing;
    }
    return this.isCached(key);
  }

  /** Adds the network within the transaction of a successful login. Safe to repeat. */
  async add(tx: EntityManager, network: string): Promise<void> {
    const row = { network: sha256(network), knownUntil: this.now() + KNOWN_NETWORK_TTL_MS };
    await tx.upsert(KnownNetwork, row, ['network']);
  }

  /** Adds the network to the copy in memory after that transaction has committed. */
  addToCache(network: string): void {
    this.knownUntil.set(sha256(network), this.now() + KNOWN_NETWORK_TTL_MS);
  }

  private isCached(key: string): boolean {
    const remainingMs = (this.knownUntil.get(key) ?? 0) - this.now();
    // A later expiry was written by a wrong clock.
    return remainingMs > 0 && remainingMs <= KNOWN_NETWORK_TTL_MS + MAX_CLOCK_SKEW_MS;
  }

  /** Reads all networks the first time, later only those added since the last read. */
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
      for (const { network, knownUntil } of rows.toReversed()) this.knownUntil.set(network, knownUntil);
      this.refreshedAt = now;
    } catch (error) {
      this.log.warn(`Could not read the known networks, using the copy in memory: ${String(error)}`);
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
