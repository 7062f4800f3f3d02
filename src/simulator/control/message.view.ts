import { ApiProperty } from '@nestjs/swagger';
import { JournalEntry } from '../state/journal.js';
import type { Plain } from './plain.js';

class AnswerView {
  @ApiProperty() status!: number;
  @ApiProperty() body!: string;
}

export class MessageView {
  @ApiProperty() id!: number;
  @ApiProperty({ description: 'Virtual time' }) at!: Date;
  @ApiProperty({ enum: ['received', 'sent'] }) direction!: string;
  @ApiProperty() method!: string;
  @ApiProperty({ description: 'The path, or the whole notify_url' }) path!: string;
  @ApiProperty({ description: 'Body, or query string' }) request!: string;
  @ApiProperty({ type: String, nullable: true }) out_trade_no!: string | null;
  @ApiProperty({ type: String, nullable: true }) out_refund_no!: string | null;
  @ApiProperty({ type: Boolean, nullable: true, description: 'null: never looked at' }) signatureOk!: boolean | null;
  @ApiProperty({ type: String, nullable: true, example: 'ORDERPAID' }) verdict!: string | null;
  @ApiProperty({ type: String, nullable: true }) fault!: string | null;
  @ApiProperty({ type: AnswerView, nullable: true }) answer!: AnswerView | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Real time; null: still going on' })
  latencyMs!: number | null;
}

export function messageView(entry: JournalEntry) {
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
