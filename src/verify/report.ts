import type { WechatFinding } from './compare-with-wechat.js';
import type { Finding } from './invariant.js';

/** All that came out. */
export interface Report {
  /** Which books: dialect and name. */
  databaseName: string;
  at: Date;
  findings: readonly (Finding | WechatFinding)[];
}

/** True when every invariant holds. What WeChat did not answer counts for nothing. */
export function allHold({ findings }: Report): boolean {
  return findings.every(({ offending }) => offending === 0);
}

/** One document for programs: names are stable, sentences are not. */
export function toJson(report: Report): string {
  const { databaseName: books, at, findings } = report;
  return `${JSON.stringify({ ok: allHold(report), books, at, invariants: findings }, null, 2)}\n`;
}

/** Lines for people: every invariant with what was checked, and below it what offends. */
export function toText(report: Report): string {
  const { databaseName: books, at, findings } = report;
  const bad = findings.filter(({ offending }) => offending > 0).length;
  const verdict =
    bad === 0 ? `All ${findings.length} invariants hold.` : `${bad} of ${findings.length} invariants do not hold.`;
  return [`Books: ${books}, at ${at.toISOString()}`, '', ...findings.flatMap(findingLines), '', verdict, ''].join('\n');
}

function findingLines(finding: Finding | WechatFinding): string[] {
  const { name, sentence, checked, offending, examples } = finding;
  const unknown = 'unknown' in finding && finding.unknown > 0 ? `, ${finding.unknown} unknown` : '';
  const line = `${name.padEnd(32)} ${String(checked).padStart(10)} checked${unknown}`;
  if (offending === 0) return [`  holds  ${line}`];
  const more = offending > examples.length ? ', …' : '';
  return [`  BROKEN ${line}, ${offending} offending`, `         ${sentence}`, `         ${examples.join(', ')}${more}`];
}
