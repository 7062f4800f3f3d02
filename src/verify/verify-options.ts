import { parseArgs } from 'node:util';
import { CannotVerifyError } from './read-only-database.js';

/** The options of the command line. */
export interface VerifyOptions {
  isJson: boolean;
  isHelp: boolean;
  /** The number of payments, and of refunds, to compare with WeChat; 0 for none. */
  wechatSample: number;
  /** Seconds that a due date may be in the past, in addition to the job interval. */
  graceSeconds: number;
  pageSize: number;
  exampleLimit: number;
  /** The current time for the check of due dates; null for the machine's time. */
  now: Date | null;
}

const DEFAULT_SAMPLE_SIZE = '20';

export const USAGE = `npm run verify -- [options]

  --wechat[=N]       also compare N finished payments and N finished refunds with WeChat (${DEFAULT_SAMPLE_SIZE})
  --json             print one JSON document; npm run --silent omits npm's own lines
  --grace-seconds=N  seconds after its due date before a row counts as overdue (120)
  --limit=N          maximum number of examples per violated invariant (20)
  --page-size=N      rows read by one statement (5000)
  --now=TIME         the current time, such as 2026-11-21T03:04:05Z, for a shop with a simulated clock

Exit code: 0 if all invariants hold, 1 if one is violated, 2 if the check was not possible.
`;

/** @throws CannotVerifyError that names the invalid option. */
export function parseVerifyOptions(args: readonly string[]): VerifyOptions {
  const { values } = parseRawOptions(args.map((arg) => (arg === '--wechat' ? `--wechat=${DEFAULT_SAMPLE_SIZE}` : arg)));
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
