import type { Message } from '../tools/client/simulator-client.ts';

/** Prints the steps of the stories as plain text, one line each. */
export class Narrator {
  private checked = 0;
  private readonly write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.write = write;
  }

  /** A narrator without output, for steps that an earlier story has shown. */
  silent(): Narrator {
    return new Narrator(() => undefined);
  }

  /** Prints the title of a story. */
  startStory(number: number, title: string, chinese: string): void {
    this.write(`\nStory ${number}: ${title}\n         ${chinese}\n\n`);
  }

  /** An action of a user, or time that passes. */
  userAction(text: string): void {
    this.printLine('..', text);
  }

  /** A call of the mini-program API and its result. */
  buyerCall(request: string, answer: string): void {
    this.printLine('->', `${request.padEnd(REQUEST_WIDTH)} ${answer}`);
  }

  /** A call of the admin API and its result. */
  staffCall(request: string, answer: string): void {
    this.printLine('=>', `${request.padEnd(REQUEST_WIDTH)} ${answer}`);
  }

  /** Messages between the service and WeChat. */
  wechatExchange(text: string): void {
    this.printLine('<>', text);
  }

  /** A check that passed. */
  checkPassed(text: string): void {
    this.checked += 1;
    this.printLine('ok', text);
  }

  /** Prints the summary. */
  printSummary(stories: number): void {
    this.write(`\n${stories} stories, ${this.checked} checks: all passed.\n`);
  }

  private printLine(mark: string, text: string): void {
    this.write(`  ${mark} ${text}\n`);
  }
}

const REQUEST_WIDTH = 34;

/** What the service asks WeChat to do, in both protocols: v2 by the end of the path, v3 by method and path. */
const CALLS = {
  order: /^POST \/(pay\/unifiedorder|v3\/pay\/transactions\/(jsapi|app|native|h5))$/,
  query: /^(POST \/pay\/orderquery|GET \/v3\/pay\/transactions\/.+)$/,
  close: /^POST \/(pay\/closeorder|v3\/pay\/transactions\/.+\/close)$/,
  refund: /^POST \/(secapi\/pay\/refund|v3\/refund\/domestic\/refunds)$/,
  'refund query': /^(POST \/pay\/refundquery|GET \/v3\/refund\/domestic\/refunds\/.+)$/,
};
export type Call = keyof typeof CALLS;

/** Whether WeChat received this call. */
export function isCall({ direction, method, path }: Message, call: Call): boolean {
  return direction === 'received' && CALLS[call].test(`${method} ${path.replace(/\?.*/, '')}`);
}

/** A call and its result, for example `query NOTPAY` or `refund query SUCCESS`. */
export function describeCall(message: Message): string {
  const { path, verdict, answer } = message;
  const name = (Object.keys(CALLS) as Call[]).find((call) => isCall(message, call)) ?? path;
  const isQuery = name === 'query' || name === 'refund query';
  // An element of v2, or a property of v3.
  const state = /(?:<(?:trade_state|refund_status_0)>(?:<!\[CDATA\[)?|"(?:trade_state|status)":")(\w+)/;
  return `${name} ${(isQuery ? state.exec(answer?.body ?? '')?.[1] : undefined) ?? verdict ?? 'no response'}`;
}

/** Formats fen for people, for example `¥12.80`. */
export function formatYuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `¥${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The beginning of a long number or secret. */
export function shorten(text: string, length = 10): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
