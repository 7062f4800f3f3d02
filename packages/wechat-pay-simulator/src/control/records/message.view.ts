import { ApiProperty } from '@nestjs/swagger';
import { ExchangeLogEntry } from '../../state/exchange-log.js';
import type { Plain } from '../api-helpers.js';

class AnswerView {
  @ApiProperty() status!: number;
  @ApiProperty() body!: string;
}

/** One HTTP exchange, received or sent, with its response. The control API calls an exchange a message. */
export class MessageView {
  @ApiProperty() id!: number;
  @ApiProperty({ description: 'Virtual time' }) at!: Date;
  @ApiProperty({ enum: ['received', 'sent'] }) direction!: string;
  @ApiProperty() method!: string;
  @ApiProperty({ description: 'The path of the call, or the complete notify_url' }) path!: string;
  @ApiProperty({ description: 'Body, or query string' }) request!: string;
  @ApiProperty({ type: String, nullable: true }) out_trade_no!: string | null;
  @ApiProperty({ type: String, nullable: true }) out_refund_no!: string | null;
  @ApiProperty({ type: Boolean, nullable: true, description: 'null: the signature was not checked' }) signatureOk!:
    boolean | null;
  @ApiProperty({ type: String, nullable: true, example: 'ORDERPAID' }) verdict!: string | null;
  @ApiProperty({ type: String, nullable: true }) fault!: string | null;
  @ApiProperty({ type: AnswerView, nullable: true }) answer!: AnswerView | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Real time; null: not finished' })
  latencyMs!: number | null;
}

export function messageView(entry: ExchangeLogEntry) {
  return {
    id: entry.id,
    at: entry.at,
    direction: entry.direction,
    method: entry.method,
    path: entry.path,
    request: entry.request,
    out_trade_no: entry.out_trade_no ?? null,
    out_refund_no: entry.out_refund_no ?? null,
    signatureOk: entry.signatureOk ?? null,
    verdict: entry.verdict ?? null,
    fault: entry.fault ?? null,
    answer: entry.answer ?? null,
    latencyMs: entry.latencyMs ?? null,
  } satisfies Plain<MessageView>;
}

export class LiveMessageView extends MessageView {
  @ApiProperty({ description: 'Real time since it began' }) ageMs!: number;
  @ApiProperty({ description: 'A fault withheld this notice: it was not sent' }) isKeptBack!: boolean;
}

export class LiveMessagesView {
  @ApiProperty({ type: [LiveMessageView] }) items!: LiveMessageView[];
  @ApiProperty({ description: 'The value of `after` for the next request' }) revision!: number;
}

/** Fields of bodies and query strings that are secrets or personal data. */
const SECRETS =
  /("(?:session_key|access_token|secret|phoneNumber|purePhoneNumber)":\s*"|\b(?:access_token|secret)=)[^"&]*/g;

/** For a page that other people may see: secrets are replaced by `***`. */
export function liveMessageView(entry: ExchangeLogEntry) {
  const view = messageView(entry);
  const request = redactSecrets(view.request);
  const answer = view.answer && { ...view.answer, body: redactSecrets(view.answer.body) };
  const ageMs = Math.round(performance.now() - entry.startedAtMs);
  return { ...view, request, answer, ageMs, isKeptBack: entry.isKeptBack === true } satisfies Plain<LiveMessageView>;
}

function redactSecrets(text: string): string {
  return text.replace(SECRETS, '$1***');
}
