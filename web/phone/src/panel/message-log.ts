import { Observable } from '../observable.ts';
import type { Fault, Message, SimulatorClient } from '../simulator-client.ts';
import type { BilingualText } from '../i18n.ts';
import { type LogLine, toLogLine, type LogNote, type Party } from './log-line.ts';
import { isReadOnlyCall, describeMessage } from './describe-message.ts';
import { isErrorStatus, summarizeResponse } from './summarize-response.ts';

interface RecordedCall {
  from: Party;
  to: Party;
  name: string;
  request?: string | undefined;
}

/** What whoever tells of a call may add to its line. */
export interface CallRecorder {
  setResult(words: string): void;
  setResponse(status: number, body: unknown): void;
}

const POLL_INTERVAL_MS = 700;
const MAX_LINES = 300;

const APPROVE_IN_CONSOLE: BilingualText = [
  '等商家决定：到商家后台批准这笔退款 →',
  'Staff decide: approve it in the console →',
];

/** All that mini-program, service and WeChat say to each other, in the order in which it began. */
export class MessageLog extends Observable {
  lines: (LogLine | LogNote)[] = [];
  faults: Fault[] = [];
  /** The simulator does not answer. */
  isUnreachable = false;
  private revision: number | undefined;
  private recordedCount = 0;
  private timer = 0;
  private polling: Promise<void> | null = null;

  constructor(private readonly wechat: SimulatorClient) {
    super();
  }

  /** Begins to look at what WeChat and the service say to each other, again and again. */
  startPolling(): void {
    const next = async (): Promise<void> => {
      if (!document.hidden) await this.poll();
      this.timer = window.setTimeout(() => void next(), POLL_INTERVAL_MS);
    };
    void next();
  }

  stopPolling(): void {
    window.clearTimeout(this.timer);
  }

  pollNow(): void {
    void this.poll();
  }

  clear(): void {
    this.lines = [];
    this.notifyListeners();
  }

  addNote(words: BilingualText, more: Partial<Pick<LogNote, 'tone' | 'href'>> = {}): void {
    this.recordedCount += 1;
    this.addLine({
      kind: 'note',
      key: `note-${this.recordedCount}`,
      at: Date.now(),
      text: words,
      tone: 'plain',
      ...more,
    });
  }

  /** Tells of a call of the mini-program while it goes on. */
  async recordCall<Result>(call: RecordedCall, act: (telling: CallRecorder) => Promise<Result>): Promise<Result> {
    this.recordedCount += 1;
    const line: LogLine = {
      ...{
        kind: 'message',
        key: `call-${this.recordedCount}`,
        at: Date.now(),
        description: describeMessage(call.name),
        badges: [],
      },
      ...{ isPending: true, isLost: false, times: 1, isQuiet: isReadOnlyCall(call.name) },
      ...{ from: call.from, to: call.to, name: call.name },
      ...(call.request !== undefined && { request: call.request }),
    };
    this.addLine(line);
    try {
      return await act({
        setResult: (words) => {
          line.badges = [{ tone: 'good', text: [words, words] }];
          this.notifyListeners();
        },
        setResponse: (status, body) => {
          const words = summarizeResponse(status, body);
          line.badges = [{ tone: isErrorStatus(status) ? 'bad' : 'good', text: [words, words] }];
          line.answer = body === undefined ? '' : withoutToken(JSON.stringify(body, null, 2));
        },
      });
    } catch (error) {
      const { errMsg } = error as { errMsg?: string };
      const said = errMsg ?? String(error);
      const isOffline = said.startsWith('request:fail');
      line.isLost = isOffline;
      line.badges = [{ tone: 'bad', text: isOffline ? ['没有网络', 'no network'] : [said, said] }];
      throw error;
    } finally {
      line.isPending = false;
      if (line.badges[0]?.text[1].startsWith('201 REQUESTED'))
        this.addNote(APPROVE_IN_CONSOLE, { href: '/admin/refunds' });
      this.mergeRepeated(line);
      this.notifyListeners();
      await this.pollAgain();
    }
  }

  /** The mini-program is closed: nobody is there any more to hear what it still waits for. */
  abandonPendingCalls(): void {
    for (const line of this.lines) {
      if (line.kind === 'note' || line.from !== 'phone' || !line.isPending) continue;
      line.isPending = false;
      line.badges = [...line.badges, { tone: 'bad', text: ['回调没有来', 'no callback'] }];
    }
    this.notifyListeners();
  }

  async injectFault(fault: { endpoint: string; kind: string; delayMs?: number }): Promise<void> {
    await this.wechat.injectFault(fault);
    await this.fetchFaults();
  }

  async clearFaults(): Promise<void> {
    await this.wechat.clearFaults();
    await this.fetchFaults();
  }

  /** Time passes at once, for WeChat and for the service, which follows WeChat's clock here. */
  async advanceClock(seconds: number): Promise<void> {
    await this.wechat.advanceClock(seconds);
    this.addNote([`${seconds} 秒过去了`, `${seconds} seconds pass`]);
  }

  /** What this call has set off is told before whoever made it goes on: a look that is under way may be too early for that. */
  private async pollAgain(): Promise<void> {
    await this.polling;
    await this.poll();
  }

  private poll(): Promise<void> {
    this.polling ??= this.pollOnce().finally(() => (this.polling = null));
    return this.polling;
  }

  private async pollOnce(): Promise<void> {
    try {
      const { items, revision } = await this.wechat.messages(this.revision);
      const isFirst = this.revision === undefined;
      // A simulator that was started anew counts from the beginning.
      this.revision = this.revision !== undefined && revision < this.revision ? 0 : revision;
      for (const message of items) this.addMessage(message);
      if (items.length > 0 || isFirst || this.isUnreachable) await this.fetchFaults();
      this.isUnreachable = false;
    } catch {
      if (this.isUnreachable) return;
      this.isUnreachable = true;
      this.notifyListeners();
    }
  }

  private async fetchFaults(): Promise<void> {
    this.faults = await this.wechat.faults();
    this.notifyListeners();
  }

  private addMessage(message: Message): void {
    const key = `wechat-${message.id}-${message.at}`;
    const heard = toLogLine(message, key);
    const known = this.lines.find((line): line is LogLine => line.key === key && line.kind === 'message');
    if (known === undefined) this.addLine(heard);
    else Object.assign(known, heard, { at: known.at });
    this.notifyListeners();
  }

  /** Lines come in the order in which they began, although the simulator's are heard of a little later. */
  private addLine(line: LogLine | LogNote): void {
    const before = this.lines.findLastIndex(({ at }) => at <= line.at);
    this.lines = this.lines.toSpliced(before + 1, 0, line).slice(-MAX_LINES);
    this.notifyListeners();
  }

  /** The same look at the same thing, again and again, stays one line as long as nothing else happens. */
  private mergeRepeated(line: LogLine): void {
    if (!isReadOnlyCall(line.name)) return;
    const at = this.lines.indexOf(line);
    for (const earlier of this.lines.slice(0, at).toReversed()) {
      if (earlier.kind === 'note' || !isReadOnlyCall(earlier.name)) return;
      if (earlier.name !== line.name || JSON.stringify(earlier.badges) !== JSON.stringify(line.badges)) continue;
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
