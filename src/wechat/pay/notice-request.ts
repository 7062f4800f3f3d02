/** A call of WeChat to one of our notice addresses, as received. */
export interface NoticeRequest {
  /** The query string, still encoded; empty without one. */
  query: string;
  /** By lower-case name. A header that came more than once is joined with commas. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  /** True when the body was longer than the limit. */
  isTruncated: boolean;
}

/**
 * What to answer to a notice. `accepted`: it is durably applied, now or before · `refused`: WeChat shall send it again.
 * `reason` is a short code of this service.
 */
export type NoticeResult = { kind: 'accepted' } | { kind: 'refused'; reason: string };

/** The exact response in the format of the protocol. */
export interface NoticeReply {
  status: number;
  contentType: string;
  body: string;
}

/**
 * The notice for the log: its query, if it has one, and its body. A forged notice may contain any bytes. Text columns only
 * reject NUL, so it is replaced.
 */
export function noticeTextOf({ query, body }: NoticeRequest): string {
  const text = body.toString('utf8').replaceAll('\0', '\ufffd');
  return query === '' ? text : `${query}\n${text}`;
}
