/** Why a message is refused. Returned as one word, and counted in the metrics. */
export type MessageRefusal = 'TOO_LARGE' | 'BAD_SIGNATURE' | 'STALE' | 'NOT_ENCRYPTED' | 'UNDECRYPTABLE' | 'MALFORMED';

/** A message that WeChat pushed to the mini-program, verified as far as possible without a database. */
export type PlatformMessage =
  | { kind: 'event'; event: string; fields: Readonly<Record<string, string>>; raw: string }
  /** A chat message, or an event in a form that this service does not read. */
  | { kind: 'other' }
  | { kind: 'refused'; refusal: MessageRefusal };

/** The query parameters of the URL, by WeChat's names. */
export type MessageQuery = Readonly<Record<string, unknown>>;

/** Reads the messages that WeChat pushes to the mini-program (消息推送). Source: v2.md §10.5. */
export abstract class PlatformMessageReader {
  /** False when no token is configured: the endpoint then answers 404. */
  abstract readonly isConfigured: boolean;

  /** The echo that proves that the address is ours, or why it is refused. Never throws. */
  abstract handshake(query: MessageQuery): { echo: string } | { refusal: MessageRefusal };

  /**
   * Verifies the signature before anything else. In plain mode it covers only the URL, not the message: anyone who has seen
   * one URL can send any content for an hour. Actions that follow from a message must therefore be harmless.
   * Never throws.
   */
  abstract read(query: MessageQuery, bytes: Buffer, isTruncated: boolean): PlatformMessage;
}
