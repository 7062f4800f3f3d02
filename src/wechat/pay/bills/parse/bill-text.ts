const DAY_MS = 86_400_000;
/** WeChat's times are always UTC+8. */
const OFFSET_MS = 8 * 3600 * 1000;
const TIME = /^(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/;

const ESCAPED = /\\(140|[\s\S])/g;
const MEANING: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', ' ': ',', 140: '`' };
/** Characters that stand for themselves after a backslash. */
const ITSELF = ['\\', '"', "'", '`', '\u001a'];

/**
 * Reverses the escapes of merchant-defined texts. A backslash and a space stand for a comma, or rarely for U+E000: read as a
 * comma. An unknown escape stays as it is. v2 documents no escapes. Source: docs/wechat-protocol.md, v3 §6.1.
 */
export function unescapeBillText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(ESCAPED, (whole, escaped: string) => {
    if (ITSELF.includes(escaped)) return escaped;
    return (Object.hasOwn(MEANING, escaped) ? MEANING[escaped] : undefined) ?? whole;
  });
}

/** Reads the times of a bill. Remembers the last day, because all rows have the same one. */
export class BillTimes {
  private day = '';
  /** Milliseconds of midnight in Beijing. */
  private midnight = NaN;

  /** @returns null unless the text is `yyyy-MM-dd HH:mm:ss` of a real day. */
  parse(text: string): Date | null {
    const [, day = '', hour = '', minute = '', second = ''] = TIME.exec(text) ?? [];
    if (day === '') return null;
    if (day !== this.day) {
      this.day = day;
      this.midnight = midnightOf(day);
    }
    if (Number.isNaN(this.midnight)) return null;
    return new Date(this.midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000);
  }
}

/** NaN for a day that does not exist, which Date.parse may move to the next month. */
function midnightOf(day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) return NaN;
  return Math.floor(utc / DAY_MS) * DAY_MS - OFFSET_MS;
}
