import { Injectable } from '@nestjs/common';
import { networkOf } from '../common/client-address.js';
import { KnownNetworkStore } from './known-network-store.js';
import { StaffLoginLimiter, type LoginOrigin, tooManyAttempts } from './staff-login-limiter.js';

/** Logins of strangers under way on this instance: of one network, and of all together. */
const MAX_CONCURRENT_PER_NETWORK = 8;
const MAX_CONCURRENT = 20;
const RETRY_AFTER_MS = 5000;

/**
 * The first look at a login, in the memory of this instance: it costs neither a transaction nor a password. A flood of
 * guesses ends here, by the /64 network of its addresses and by the name that it guesses at. Networks with a good login
 * of before have a lane of their own, so that a flood from elsewhere does not keep them out.
 */
@Injectable()
export class LoginThrottle {
  private readonly inFlightByNetwork = new Map<string, number>();
  private inFlight = 0;

  constructor(
    private readonly knownNetworks: KnownNetworkStore,
    private readonly limiter: StaffLoginLimiter,
  ) {}

  /**
   * Lets a login through, as `work` in its lane, or refuses it.
   * @throws DomainError TOO_MANY_ATTEMPTS, the same for names that exist and for others.
   */
  async run<T>(ip: string, username: string, work: (origin: LoginOrigin) => Promise<T>): Promise<T> {
    const network = networkOf(ip);
    const lane = (await this.knownNetworks.has(network)) ? 'KNOWN' : 'STRANGER';
    const origin: LoginOrigin = { network, name: username.toLowerCase(), trust: lane };
    this.limiter.assertNotRefused(origin);
    if (lane === 'KNOWN') return work(origin);
    this.assertCapacity(network);
    this.changeInFlight(network, 1);
    try {
      return await work(origin);
    } finally {
      this.changeInFlight(network, -1);
    }
  }

  private assertCapacity(network: string): void {
    const ofNetwork = this.inFlightByNetwork.get(network) ?? 0;
    if (ofNetwork >= MAX_CONCURRENT_PER_NETWORK || this.inFlight >= MAX_CONCURRENT)
      throw tooManyAttempts(RETRY_AFTER_MS);
  }

  private changeInFlight(network: string, change: 1 | -1): void {
    this.inFlight += change;
    const left = (this.inFlightByNetwork.get(network) ?? 0) + change;
    if (left > 0) this.inFlightByNetwork.set(network, left);
    else this.inFlightByNetwork.delete(network);
  }
}
