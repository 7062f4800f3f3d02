/** Prints the play as a person reads it: plain text, one line for each thing that happens. */
export class Narrator {
  private checked = 0;

  constructor(private readonly write: (text: string) => void) {}

  /** One who says nothing, for what has been told before. */
  silent(): Narrator {
    return new Narrator(() => undefined);
  }

  /** A new story begins. */
  startStory(number: number, title: string, chinese: string): void {
    this.write(`\nStory ${number}: ${title}\n         ${chinese}\n\n`);
  }

  /** What people do. */
  userAction(text: string): void {
    this.printLine('..', text);
  }

  /** What the mini-program asks of the shop, and what it hears. */
  buyerCall(request: string, answer: string): void {
    this.printLine('->', `${request.padEnd(REQUEST_WIDTH)} ${answer}`);
  }

  /** What the staff ask of the shop, and what they hear. */
  staffCall(request: string, answer: string): void {
    this.printLine('=>', `${request.padEnd(REQUEST_WIDTH)} ${answer}`);
  }

  /** What WeChat and the shop say to each other. */
  wechatExchange(text: string): void {
    this.printLine('<>', text);
  }

  /** Something that had to be so, and is. */
  checkPassed(text: string): void {
    this.checked += 1;
    this.printLine('ok', text);
  }

  /** The last word. */
  end(stories: number): void {
    this.write(`\n${stories} stories, ${this.checked} checks: everything is as it should be.\n`);
  }

  private printLine(mark: string, text: string): void {
    this.write(`  ${mark} ${text}\n`);
  }
}

const REQUEST_WIDTH = 34;

/** Fen as people read them. */
export function formatYuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `¥${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A long number or secret, enough of it to recognise it. */
export function shorten(text: string, length = 10): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
