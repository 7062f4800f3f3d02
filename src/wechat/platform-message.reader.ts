/** Why a message is not believed. Goes back in one word, and into the metrics. */
export type MessageRefusal = 'TOO_LARGE' | 'BAD_SIGNATURE' | 'STALE' | 'NOT_ENCRYPTED' | 'UNDECRYPTABLE' | 'MALFORMED';

/** A message that WeChat pushed to the mini-program, verified as far as that needs no database. */
export type PlatformMessage =
  | { kind: 'event'; event: string; fields: Readonly<Record<string, string>>; raw: string }
  /** A conversation, or an event of a form that nobody here reads. */
  | { kind: 'other' }
  | { kind: 'refused'; refusal: MessageRefusal };

/** The address's own parameters, by WeChat's names. */
export type MessageQuery = Readonly<Record<string, unknown>>;

/** Reads what comes to the mini-program's address for messages (消息推送). Source: v2.md §10.5. */
export abstract class PlatformMessageReader {
  /** False without a token: then the address does not exist. */
  abstract readonly isConfigured: boolean;

  /** What proves that the address is ours, or why it is not said. Never throws. */
  abstract handshake(query: MessageQuery): { echo: string } | { refusal: MessageRefusal };

  /**
   * Believes nothing before the signature is right. In plain mode that signature is over the address alone, not over the
   * message: whoever has seen one address can say anything for an hour. What follows from a message must be harmless then.
   * Never throws.
   */
  abstract read(query: MessageQuery, bytes: Buffer, isTruncated: boolean): PlatformMessage;
}
