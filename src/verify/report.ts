import type { WechatFinding } from './compare-with-wechat.js';
import type { Finding } from './invariant.js';

/** The result of a run. */
export interface Report {
  /** The dialect and the name of the database. */
  databaseName: string;
  at: Date;
  findings: readonly (Finding | WechatFinding)[];
}

/** True if every invariant holds. Rows without an answer from WeChat are ignored. */
export function allHold({ findings }: Report): boolean {
  return findings.every(({ offending }) => offending === 0);
}

/** One JSON document for programs. Names are stable, sentences may change. */
export function toJson(report: Report): string {
  const { databaseName, at, findings } = report;
  return `${JSON.stringify({ ok: allHold(report), books: databaseName, at, invariants: findings }, null, 2)}\n`;
}

/** Text for people: one line per invariant, followed by its violations. */
export function toText(report: Report): string {
  const { databaseName, at, findings } = report;
  const bad = findings.filter(({ offending }) => offending > 0).length;
  const verdict =
    bad === 0 ? `All ${findings.length} invariants hold.` : `${bad} of ${findings.length} invariants are violated.`;
  return [
    `Database: ${databaseName}, at ${at.toISOString()}`,
    '',
    ...findings.flatMap(findingLines),
    '',
    verdict,
    '',
  ].join('\n');
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
