import { ChangeNotifier } from '../change-notifier.ts';
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

/** Adds the result of a call to its line. */
export interface CallRecorder {
  setResult(text: string): void;
  setResponse(status: number, body: unknown): void;
}

const POLL_INTERVAL_MS = 700;
const MAX_LINES = 300;

const APPROVE_IN_CONSOLE: BilingualText = [
  '等商家决定：到商家后台批准这笔退款 →',
  'Waiting for staff: approve the refund in the merchant console →',
];

/** All messages between mini-program, service and WeChat, sorted by start time. */
export class MessageLog extends ChangeNotifier {
  lines: (LogLine | LogNote)[] = [];
  faults: Fault[] = [];
  /** True while the simulator does not respond. */
  isUnreachable = false;
  private revision: number | undefined;
  private recordedCount = 0;
  private timer = 0;
  private polling: Promise<void> | null = null;

  constructor(private readonly wechat: SimulatorClient) {
    super();
  }

  /** Polls the simulator for the messages between WeChat and the service, until `stopPolling()`. */
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

  addNote(text: BilingualText, more: Partial<Pick<LogNote, 'tone' | 'href'>> = {}): void {
    this.recordedCount += 1;
    this.addLine({
      kind: 'note',
      key: `note-${this.recordedCount}`,
      at: Date.now(),
      text,
      tone: 'plain',
      ...more,
    });
  }

  /** Shows a call of the mini-program while it is in progress, then its result. */
  async recordCall<Result>(call: RecordedCall, act: (recorder: CallRecorder) => Promise<Result>): Promise<Result> {
    this.recordedCount += 1;
    const line: LogLine = {
      kind: 'message',
      key: `call-${this.recordedCount}`,
      at: Date.now(),
      description: describeMessage(call.name),
      badges: [],
      isPending: true,
      isLost: false,
      times: 1,
      isQuiet: isReadOnlyCall(call.name),
      from: call.from,
      to: call.to,
      name: call.name,
      ...(call.request !== undefined && { request: call.request }),
    };
    this.addLine(line);
    try {
      return await act({
        setResult: (text) => {
          line.badges = [{ tone: 'good', text: [text, text] }];
          this.notifyListeners();
        },
        setResponse: (status, body) => {
          const text = summarizeResponse(status, body);
          line.badges = [{ tone: isErrorStatus(status) ? 'bad' : 'good', text: [text, text] }];
          line.answer = body === undefined ? '' : withoutToken(JSON.stringify(body, null, 2));
        },
      });
    } catch (error) {
      const { errMsg } = error as { errMsg?: string };
      const message = errMsg ?? String(error);
      const isOffline = message.startsWith('request:fail');
      line.isLost = isOffline;
      line.badges = [{ tone: 'bad', text: isOffline ? ['没有网络', 'no network'] : [message, message] }];
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

  /** Marks all pending calls of the mini-program as without a callback, because it was closed. */
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

  /** Advances the clock of the simulator. In simulator mode the service follows it. */
  async advanceClock(seconds: number): Promise<void> {
    await this.wechat.advanceClock(seconds);
    this.addNote([`${seconds} 秒过去了`, `The clock advances by ${seconds} s`]);
  }

  /** Polls once more before the caller continues, because a poll in progress may have started before the call's effects. */
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
      // A restarted simulator counts from 0 again.
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
    const line = toLogLine(message, key);
    const known = this.lines.find((each): each is LogLine => each.key === key && each.kind === 'message');
    if (known === undefined) this.addLine(line);
    else Object.assign(known, line, { at: known.at });
    this.notifyListeners();
  }

  /** Inserts a line by its start time, because the simulator's messages are received later. */
  private addLine(line: LogLine | LogNote): void {
    const before = this.lines.findLastIndex(({ at }) => at <= line.at);
    this.lines = this.lines.toSpliced(before + 1, 0, line).slice(-MAX_LINES);
    this.notifyListeners();
  }

  /** Merges a repeated read call into its earlier line, if only read calls happened in between. */
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

/** Hides the session token on the screen. */
function withoutToken(text: string): string {
  return text.replace(/("token": ")[^"]{6}[^"]*/, '$1******');
}
