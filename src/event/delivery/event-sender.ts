import { Inject, Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { Agent } from 'undici';
import { Settings } from '../../config/settings.js';
import { findUrlViolation } from '../endpoints/endpoint-url.js';
import { type AddressPolicy } from './address-policy.js';
import { EventExchange, type SendResult } from './event-exchange.js';
import { guardedLookup, type Resolver } from './guarded-lookup.js';

/** Milliseconds for a connection, with TLS. */
const CONNECT_TIMEOUT_MS = 5000;
const KEEP_ALIVE_MS = 4000;

/** Where requests go. */
export interface SendTarget {
  origin: string;
  path: string;
}

/** Replaces the DNS resolver in tests. */
const EVENT_RESOLVER = Symbol('EVENT_RESOLVER');

/** Posts events to receivers: no redirects, no private addresses unless allowed, bounded in time and size. */
@Injectable()
export class EventSender implements OnApplicationShutdown {
  private readonly policy: AddressPolicy;
  private readonly agent: Agent;
  private readonly exchanges = new Set<EventExchange>();
  private isStopping = false;

  constructor(settings: Settings, @Optional() @Inject(EVENT_RESOLVER) resolver?: Resolver) {
    this.policy = { allowPrivate: settings.EVENTS_ALLOW_PRIVATE_NETWORKS };
    // The worker of each endpoint limits its connections. A limit for each host would let a receiver that hangs delay others there.
    this.agent = new Agent({
      connect: {
        lookup: guardedLookup(this.policy, resolver),
        timeout: CONNECT_TIMEOUT_MS,
        // Set explicitly, so that no environment variable of Node can disable the verification.
        rejectUnauthorized: true,
      },
      // `EventExchange` has its own time-outs.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
  }

  /**
   * Checks the URL of an endpoint. A connection to an address in the URL makes no lookup, and the settings may have changed
   * since the URL was stored. @returns null if events must not be sent there.
   */
  targetOf(url: string): SendTarget | null {
    if (findUrlViolation(url, this.policy) !== null) return null;
    const { origin, pathname, search } = new URL(url);
    return { origin, path: pathname + search };
  }

  /** Sends one request. Never throws. */
  post({ origin, path }: SendTarget, headers: Readonly<Record<string, string>>, body: string): Promise<SendResult> {
    return new Promise((resolve) => {
      const exchange = new EventExchange((result, ended) => {
        this.exchanges.delete(ended);
        resolve(result);
      });
      this.exchanges.add(exchange);
      if (this.isStopping) exchange.abort();
      else this.agent.dispatch({ origin, path, method: 'POST', headers, body }, exchange);
    });
  }

  /** Ends all requests in progress. */
  abort(): void {
    this.isStopping = true;
    for (const exchange of this.exchanges) exchange.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    this.abort();
    await this.agent.destroy();
  }
}
