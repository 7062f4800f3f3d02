import { parseArgs } from 'node:util';
import { CannotCheck } from './books.js';

/** What the command line asks for. */
export interface Arguments {
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

const SAMPLE = '20';

export const USAGE = `npm run verify -- [options]

  --wechat[=N]       also ask WeChat about N payments and N refunds that are over (${SAMPLE})
  --json             one JSON document instead of lines; npm run --silent keeps npm's own lines out
  --grace-seconds=N  how long a date may have passed before its row counts as stuck (120)
  --limit=N          numbers to show of each invariant that does not hold (20)
  --page-size=N      rows looked at in one statement (5000)
  --now=TIME         judge dates by this moment, such as 2026-11-21T03:04:05Z: for a shop on a simulated clock

Ends with 0 when all holds, with 1 when something does not, with 2 when it could not be checked.
`;

/** @throws CannotCheck that names the option. */
export function readArguments(given: readonly string[]): Arguments {
  const { values } = parse(given.map((word) => (word === '--wechat' ? `--wechat=${SAMPLE}` : word)));
  return {
    isJson: values.json,
    isHelp: values.help,
    wechatSample: wholeNumber('--wechat', values.wechat ?? '0', 0),
    graceSeconds: wholeNumber('--grace-seconds', values['grace-seconds'], 0),
    pageSize: wholeNumber('--page-size', values['page-size'], 1),
    exampleLimit: wholeNumber('--limit', values.limit, 0),
    now: values.now === undefined ? null : instant(values.now),
  };
}

function parse(args: string[]) {
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
    throw new CannotCheck(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least)) throw new CannotCheck(`${option} must be a whole number from ${least}`);
  return value;
}

function instant(text: string): Date {
  const value = new Date(text);
  if (Number.isNaN(value.getTime())) throw new CannotCheck('--now must be a time such as 2026-11-21T03:04:05Z');
  return value;
}
