import { Injectable } from '@nestjs/common';
import { networkOf } from '../common/client-address.js';
import { KnownNetworks } from './known-networks.js';
import { LoginCounts, type Origin, tooMany } from './login-counts.js';

/** Logins of strangers under way on this instance: of one network, and of all together. */
const MAX_UNDER_WAY_OF_NETWORK = 8;
const MAX_UNDER_WAY = 20;
const BUSY_MS = 5000;

/**
 * The first look at a login, in the memory of this instance: it costs neither a transaction nor a password. A flood of
 * guesses ends here, by the /64 network of its addresses and by the name that it guesses at. Networks with a good login
 * of before have a lane of their own, so that a flood from elsewhere does not keep them out.
 */
@Injectable()
export class LoginGate {
  private readonly underWay = new Map<string, number>();
  private strangersUnderWay = 0;

  constructor(
    private readonly known: KnownNetworks,
    private readonly counts: LoginCounts,
  ) {}

  /**
   * Lets a login through, as `work` in its lane, or refuses it.
   * @throws DomainError TOO_MANY_ATTEMPTS, the same for names that exist and for others.
   */
  async pass<T>(ip: string, username: string, work: (origin: Origin) => Promise<T>): Promise<T> {
    const network = networkOf(ip);
    const lane = (await this.known.has(network)) ? 'KNOWN' : 'STRANGER';
    const origin: Origin = { network, name: username.toLowerCase(), lane };
    this.counts.checkRemembered(origin);
    if (lane === 'KNOWN') return work(origin);
    this.checkUnderWay(network);
    this.count(network, 1);
    try {
      return await work(origin);
    } finally {
      this.count(network, -1);
    }
  }

  private checkUnderWay(network: string): void {
    const ofNetwork = this.underWay.get(network) ?? 0;
    if (ofNetwork >= MAX_UNDER_WAY_OF_NETWORK || this.strangersUnderWay >= MAX_UNDER_WAY) throw tooMany(BUSY_MS);
  }

  private count(network: string, change: 1 | -1): void {
    this.strangersUnderWay += change;
    const left = (this.underWay.get(network) ?? 0) + change;
    if (left > 0) this.underWay.set(network, left);
    else this.underWay.delete(network);
  }
}
