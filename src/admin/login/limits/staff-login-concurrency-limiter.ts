import { Injectable } from '@nestjs/common';
import { BoundedQueue, KeyedQueues } from '../../../common/bounded-queue.js';
import { networkOf } from '../../../common/http/client-address.js';
import { KnownNetworkStore } from './known-network-store.js';
import { StaffLoginRateLimiter, type LoginOrigin, tooManyAttempts } from './staff-login-rate-limiter.js';

/** Concurrent logins from unknown networks on this instance: per network, and in total. */
const MAX_CONCURRENT_PER_NETWORK = 8;
const MAX_CONCURRENT = 20;
const RETRY_AFTER_MS = 5000;

/**
 * The first check of a login, without a password hash. It uses the memory of this instance only, except for reading the known
 * networks at most every ten seconds. It stops a flood of attempts by network (/64 for IPv6) and by username. Networks with an
 * earlier successful login are exempt from the concurrency limits, so that a flood from elsewhere does not lock them out.
 */
@Injectable()
export class StaffLoginConcurrencyLimiter {
  private readonly createError = (): Error => tooManyAttempts(RETRY_AFTER_MS);
  private readonly total = new BoundedQueue({
    concurrency: MAX_CONCURRENT,
    maxWaiting: 0,
    createError: this.createError,
  });
  private readonly perNetwork = new KeyedQueues({
    concurrency: MAX_CONCURRENT_PER_NETWORK,
    maxWaiting: 0,
    createError: this.createError,
  });

  constructor(
    private readonly knownNetworks: KnownNetworkStore,
    private readonly limiter: StaffLoginRateLimiter,
  ) {}

  /**
   * Runs `work` for an allowed login.
   * @throws DomainError TOO_MANY_ATTEMPTS, for existing and unknown usernames alike.
   */
  async run<T>(ip: string, username: string, work: (origin: LoginOrigin) => Promise<T>): Promise<T> {
    const network = networkOf(ip);
    const trust = (await this.knownNetworks.has(network)) ? 'KNOWN' : 'UNKNOWN';
    const origin: LoginOrigin = { network, name: username.toLowerCase(), trust };
    this.limiter.assertNotRefused(origin);
    if (trust === 'KNOWN') return work(origin);
    return this.perNetwork.run(network, () => this.total.run(() => work(origin)));
  }
}
