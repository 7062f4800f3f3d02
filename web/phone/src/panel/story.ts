import { Observable } from '../observable.ts';
import type { Fault, Message, Wechat } from '../wechat.ts';
import type { Words } from '../words.ts';
import { type Line, lineOf, type Note, type Party } from './line.ts';
import { collapsible, meaningOf } from './meanings.ts';
import { isComplaint, summaryOf } from './summaries.ts';

interface Call {
  from: Party;
  to: Party;
  name: string;
  request?: string | undefined;
}

/** What whoever tells of a call may add to its line. */
export interface Telling {
  says(words: string): void;
  answered(status: number, body: unknown): void;
}

const LOOK_EVERY_MS = 700;
const MOST_LINES = 300;

const STAFF_DECIDE: Words = ['等商家决定：到商家后台批准这笔退款 →', 'Staff decide: approve it in the console →'];

/** All that mini-program, service and WeChat say to each other, in the order in which it began. */
export class Story extends Observable {
  lines: (Line | Note)[] = [];
  faults: Fault[] = [];
  /** The simulator does not answer. */
  isDeaf = false;
  private revision: number | undefined;
  private taken = 0;
  private timer = 0;
  private looking: Promise<void> | null = null;

  constructor(private readonly wechat: Wechat) {
    super();
  }

  /** Begins to look at what WeChat and the service say to each other, again and again. */
  follow(): void {
    const next = async (): Promise<void> => {
      if (!document.hidden) await this.look();
      this.timer = window.setTimeout(() => void next(), LOOK_EVERY_MS);
    };
    void next();
  }

  unfollow(): void {
    window.clearTimeout(this.timer);
  }

  lookNow(): void {
    void this.look();
  }

  clear(): void {
    this.lines = [];
    this.changed();
  }

  note(words: Words, more: Partial<Pick<Note, 'tone' | 'href'>> = {}): void {
    this.taken += 1;
    this.put({ kind: 'note', key: `note-${this.taken}`, at: Date.now(), words, tone: 'plain', ...more });
  }

  /** Tells of a call of the mini-program while it goes on. */
  async tell<Result>(call: Call, act: (telling: Telling) => Promise<Result>): Promise<Result> {
    this.taken += 1;
    const line: Line = {
      ...{ kind: 'message', key: `call-${this.taken}`, at: Date.now(), meaning: meaningOf(call.name), verdicts: [] },
      ...{ isPending: true, isLost: false, times: 1, isQuiet: collapsible(call.name) },
      ...{ from: call.from, to: call.to, name: call.name },
      ...(call.request !== undefined && { request: call.request }),
    };
    this.put(line);
    try {
      return await act({
        says: (words) => {
          line.verdicts = [{ tone: 'good', words: [words, words] }];
          this.changed();
        },
        answered: (status, body) => {
          const words = summaryOf(status, body);
          line.verdicts = [{ tone: isComplaint(status) ? 'bad' : 'good', words: [words, words] }];
          line.answer = body === undefined ? '' : withoutToken(JSON.stringify(body, null, 2));
        },
      });
    } catch (error) {
      const { errMsg } = error as { errMsg?: string };
      const said = errMsg ?? String(error);
      const isOffline = said.startsWith('request:fail');
      line.isLost = isOffline;
      line.verdicts = [{ tone: 'bad', words: isOffline ? ['没有网络', 'no network'] : [said, said] }];
      throw error;
    } finally {
      line.isPending = false;
      if (line.verdicts[0]?.words[1].startsWith('201 REQUESTED')) this.note(STAFF_DECIDE, { href: '/admin/refunds' });
      this.fold(line);
      this.changed();
      await this.catchUp();
    }
  }

  /** The mini-program is closed: nobody is there any more to hear what it still waits for. */
  abandon(): void {
    for (const line of this.lines) {
      if (line.kind === 'note' || line.from !== 'phone' || !line.isPending) continue;
      line.isPending = false;
      line.verdicts = [...line.verdicts, { tone: 'bad', words: ['回调没有来', 'no callback'] }];
    }
    this.changed();
  }

  async plant(fault: { endpoint: string; kind: string; delayMs?: number }): Promise<void> {
    await this.wechat.plant(fault);
    await this.lookAtFaults();
  }

  async clearFaults(): Promise<void> {
    await this.wechat.clearFaults();
    await this.lookAtFaults();
  }

  /** Time passes at once, for WeChat and for the service, which follows WeChat's clock here. */
  async passes(seconds: number): Promise<void> {
    await this.wechat.passes(seconds);
    this.note([`${seconds} 秒过去了`, `${seconds} seconds pass`]);
  }

  /** What this call has set off is told before whoever made it goes on: a look that is under way may be too early for that. */
  private async catchUp(): Promise<void> {
    await this.looking;
    await this.look();
  }

  private look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = null));
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    try {
      const { items, revision } = await this.wechat.messages(this.revision);
      const isFirst = this.revision === undefined;
      // A simulator that was started anew counts from the beginning.
      this.revision = this.revision !== undefined && revision < this.revision ? 0 : revision;
      for (const message of items) this.hear(message);
      if (items.length > 0 || isFirst || this.isDeaf) await this.lookAtFaults();
      this.isDeaf = false;
    } catch {
      if (this.isDeaf) return;
      this.isDeaf = true;
      this.changed();
    }
  }

  private async lookAtFaults(): Promise<void> {
    this.faults = await this.wechat.faults();
    this.changed();
  }

  private hear(message: Message): void {
    const key = `wechat-${message.id}-${message.at}`;
    const heard = lineOf(message, key);
    const known = this.lines.find((line): line is Line => line.key === key && line.kind === 'message');
    if (known === undefined) this.put(heard);
    else Object.assign(known, heard, { at: known.at });
    this.changed();
  }

  /** Lines come in the order in which they began, although the simulator's are heard of a little later. */
  private put(line: Line | Note): void {
    const before = this.lines.findLastIndex(({ at }) => at <= line.at);
    this.lines = this.lines.toSpliced(before + 1, 0, line).slice(-MOST_LINES);
    this.changed();
  }

  /** The same look at the same thing, again and again, stays one line as long as nothing else happens. */
  private fold(line: Line): void {
    if (!collapsible(line.name)) return;
    const at = this.lines.indexOf(line);
    for (const earlier of this.lines.slice(0, at).toReversed()) {
      if (earlier.kind === 'note' || !collapsible(earlier.name)) return;
      if (earlier.name !== line.name || JSON.stringify(earlier.verdicts) !== JSON.stringify(line.verdicts)) continue;
      earlier.times += line.times;
      this.lines = this.lines.filter((each) => each !== line);
      return;
    }
  }
}

/** Nobody who looks over a shoulder needs to read it. */
function withoutToken(text: string): string {
  return text.replace(/("token": ")[^"]{6}[^"]*/, '$1******');
}
