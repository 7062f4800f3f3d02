import type { WechatFinding } from './compare-with-wechat.js';
import type { ChannelUse } from './channel-use.js';
import type { Finding } from './invariant.js';

/** The result of a run. */
export interface Report {
  /** The dialect and the name of the database. */
  databaseName: string;
  at: Date;
  findings: readonly (Finding | WechatFinding)[];
  /** One entry for each channel that has begun a payment or a refund. */
  channels: readonly ChannelUse[];
}

/** True if every invariant holds. Rows without a response from WeChat are ignored. */
export function allInvariantsHold({ findings }: Report): boolean {
  return findings.every(({ offending }) => offending === 0);
}

/** One JSON document for programs. Names are stable, sentences may change. */
export function toJson(report: Report): string {
  const { databaseName, at, findings, channels } = report;
  return `${JSON.stringify({ ok: allInvariantsHold(report), books: databaseName, at, invariants: findings, channels }, null, 2)}\n`;
}

/** Text for people: one line per invariant, followed by its violations. */
export function toText(report: Report): string {
  const { databaseName, at, findings, channels } = report;
  const bad = findings.filter(({ offending }) => offending > 0).length;
  const verdict =
    bad === 0 ? `All ${findings.length} invariants hold.` : `${bad} of ${findings.length} invariants are violated.`;
  return [
    `Database: ${databaseName}, at ${at.toISOString()}`,
    '',
    ...findings.flatMap(findingLines),
    ...channels.map(channelLine),
    '',
    verdict,
    '',
  ].join('\n');
}

/** Not an invariant: it tells an operator whether the keys of a protocol are still needed. */
function channelLine({ channel, openPayments, openRefunds, lastPaidAt }: ChannelUse): string {
  const last = lastPaidAt === null ? 'no payment' : `last payment ${lastPaidAt}`;
  return `  open   ${channel.padEnd(32)} ${openPayments} payments, ${openRefunds} refunds; ${last}`;
}

function findingLines(finding: Finding | WechatFinding): string[] {
  const { name, sentence, checked, offending, examples } = finding;
  const unknown = 'unknown' in finding && finding.unknown > 0 ? `, ${finding.unknown} unknown` : '';
  const line = `${name.padEnd(32)} ${String(checked).padStart(10)} checked${unknown}`;
  if (offending === 0) return [`  holds  ${line}`];
  const more = offending > examples.length ? ', …' : '';
  return [
    `  BROKEN ${line}, ${offending} violations`,
    `         ${sentence}`,
    `         ${examples.join(', ')}${more}`,
  ];
}
