/**
 * The result of a delivery. `retry`: the outcome is unknown or it is too early, so the same entry is retried · `dropped`: the
 * message is not needed, which is normal · `needsAttention`: staff must act.
 */
export type DeliveryResult =
  | { kind: 'done' }
  /** `afterSeconds` replaces the usual back-off. */
  | { kind: 'retry'; result: string; detail?: string; afterSeconds?: number }
  | { kind: 'dropped' | 'needsAttention'; result: string; detail?: string };

/** An entry as passed to its handler. */
export interface OutboxMessage {
  entryKey: string;
  subject: string;
  payload: unknown;
  /** Delivery attempts before this one. */
  attempts: number;
  createdAt: Date;
}

/**
 * Delivers the entries of one topic. The same message may be delivered twice, because a process can crash after the delivery
 * and before the result is stored.
 */
export interface OutboxHandler {
  readonly topic: string;
  /** Returns false when the entry need not be written, because it would be dropped. Without this method all are written. */
  accepts?(payload: object): boolean;
  /**
   * Never called inside a transaction. May make up to six calls to WeChat, to finish within the lease of the job. When it
   * throws, the message is retried after the lease expires.
   */
  deliver(message: OutboxMessage): Promise<DeliveryResult>;
}
