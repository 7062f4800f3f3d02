/** Prints the steps of the stories as plain text, one line each. */
export class Narrator {
  private checked = 0;

  constructor(private readonly write: (text: string) => void) {}

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
  end(stories: number): void {
    this.write(`\n${stories} stories, ${this.checked} checks: all passed.\n`);
  }

  private printLine(mark: string, text: string): void {
    this.write(`  ${mark} ${text}\n`);
  }
}

const REQUEST_WIDTH = 34;

/** Formats fen for people, for example `¥12.80`. */
export function formatYuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `¥${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The beginning of a long number or secret. */
export function shorten(text: string, length = 10): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
