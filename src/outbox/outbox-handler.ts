/**
 * What came of telling it. `again`: the outcome is unknown or the time is not ripe, so the very same entry comes once
 * more · `dropped`: nobody wants it, and that is normal · `stuck`: only a person can help.
 */
export type DeliveryResult =
  | { kind: 'done' }
  /** @param afterSeconds when not by the usual back-off. */
  | { kind: 'again'; result: string; detail?: string; afterSeconds?: number }
  | { kind: 'dropped' | 'stuck'; result: string; detail?: string };

/** An entry as its topic gets it. */
export interface OutboxMessage {
  entryKey: string;
  subject: string;
  payload: unknown;
  /** Deliveries tried before this one. */
  tries: number;
  createdAt: Date;
}

/**
 * Delivers one kind of entry. The same mail may come twice: a process can die after the delivery and before it is
 * written down.
 */
export interface OutboxHandler {
  readonly topic: string;
  /** False for what is not to be written at all: it would only be dropped. Without it everything is. */
  accepts?(payload: object): boolean;
  /**
   * Never called inside a transaction. May make six calls to WeChat, in time for the lease that the job takes; when it
   * throws, the mail comes again as that ends.
   */
  deliver(mail: OutboxMessage): Promise<DeliveryResult>;
}
