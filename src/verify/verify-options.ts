import { parseArgs } from 'node:util';
import { CannotVerifyError } from './read-only-database.js';

/** What the command line asks for. */
export interface VerifyOptions {
  isJson: boolean;
  isHelp: boolean;
  /** Payments, and as many refunds, that WeChat is asked about; 0: it is not asked at all. */
  wechatSample: number;
  /** Seconds that a date may lie in the past, besides the tick of the jobs. */
  graceSeconds: number;
  pageSize: number;
  exampleLimit: number;
  /** The moment to judge dates by, where it is not the machine's; null otherwise. */
  now: Date | null;
}

const DEFAULT_SAMPLE_SIZE = '20';

export const USAGE = `npm run verify -- [options]

  --wechat[=N]       also ask WeChat about N payments and N refunds that are over (${DEFAULT_SAMPLE_SIZE})
  --json             one JSON document instead of lines; npm run --silent keeps npm's own lines out
  --grace-seconds=N  how long a date may have passed before its row counts as stuck (120)
  --limit=N          numbers to show of each invariant that does not hold (20)
  --page-size=N      rows looked at in one statement (5000)
  --now=TIME         judge dates by this moment, such as 2026-11-21T03:04:05Z: for a shop on a simulated clock

Ends with 0 when all holds, with 1 when something does not, with 2 when it could not be checked.
`;

/** @throws CannotVerifyError that names the option. */
export function parseVerifyOptions(given: readonly string[]): VerifyOptions {
  const { values } = parseRawOptions(
    given.map((word) => (word === '--wechat' ? `--wechat=${DEFAULT_SAMPLE_SIZE}` : word)),
  );
  return {
    isJson: values.json,
    isHelp: values.help,
    wechatSample: parseWholeNumber('--wechat', values.wechat ?? '0', 0),
    graceSeconds: parseWholeNumber('--grace-seconds', values['grace-seconds'], 0),
    pageSize: parseWholeNumber('--page-size', values['page-size'], 1),
    exampleLimit: parseWholeNumber('--limit', values.limit, 0),
    now: values.now === undefined ? null : parseTime(values.now),
  };
}

function parseRawOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        wechat: { type: 'string' },
        'grace-seconds': { type: 'string', default: '120' },
        'page-size': { type: 'string', default: '5000' },
        limit: { type: 'string', default: '20' },
        now: { type: 'string' },
      },
    });
  } catch (error) {
    throw new CannotVerifyError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function parseWholeNumber(option: string, text: string, least: number): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least)) throw new CannotVerifyError(`${option} must be a whole number from ${least}`);
  return value;
}

function parseTime(text: string): Date {
  const value = new Date(text);
  if (Number.isNaN(value.getTime())) throw new CannotVerifyError('--now must be a time such as 2026-11-21T03:04:05Z');
  return value;
}
