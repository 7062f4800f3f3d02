import { ApiProperty } from '@nestjs/swagger';
import { Notice, NoticeAttempt, noticeAddressOf, NoticeSubject } from '../../notices/notice.js';
import type { Plain } from '../api-helpers.js';

export class AttemptView {
  @ApiProperty() at!: Date;
  @ApiProperty({ type: String, nullable: true, description: 'The intended defect of a forged notice' })
  forgery!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'null: no complete response' }) status!: number | null;
  @ApiProperty({ type: String, nullable: true }) reply!: string | null;
  @ApiProperty({ description: 'Real time' }) latencyMs!: number;
  @ApiProperty() isAccepted!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Why the response was not accepted' }) reason!:
    string | null;
}

export class NoticeView {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: ['payment', 'refund', 'echo'], description: 'echo: of POST /v3/security/echo' }) kind!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null for echo' }) out_trade_no!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'null for echo' }) transaction_id!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Only of a refund' }) out_refund_no!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Only of a refund' })
  refund_status!: string | null;
  @ApiProperty() url!: string;
  @ApiProperty({ enum: ['waiting', 'sending', 'accepted', 'given_up', 'lost'] }) state!: string;
  @ApiProperty({ description: 'Scheduled attempts' }) tries!: number;
  @ApiProperty({ type: Date, nullable: true, description: 'Virtual time' }) nextDueAt!: Date | null;
  @ApiProperty({ type: [AttemptView] }) attempts!: AttemptView[];
}

/** The result of a notice that was sent by hand. */
export class SentView {
  @ApiProperty({ description: 'Virtual time of sending' }) dueAt!: Date;
  @ApiProperty({ type: [AttemptView], description: 'Empty while it waits' }) attempts!: AttemptView[];
}

export function noticeView(notice: Notice) {
  const { subject } = notice;
  const address = noticeAddressOf(subject);
  return {
    id: notice.id,
    kind: subject.kind,
    out_trade_no: address.numbers.out_trade_no ?? null,
    transaction_id: transactionIdOf(subject),
    out_refund_no: address.numbers.out_refund_no ?? null,
    refund_status: subject.kind === 'refund' ? subject.status : null,
    url: address.url ?? '',
    state: notice.state,
    tries: notice.tries,
    nextDueAt: notice.nextDueAt ?? null,
    attempts: notice.attempts.map(attemptView),
  } satisfies Plain<NoticeView>;
}

function transactionIdOf(subject: NoticeSubject): string | null {
  if (subject.kind === 'echo') return null;
  return (subject.kind === 'refund' ? subject.refund : subject).transaction.transactionId;
}

export function attemptView(attempt: NoticeAttempt) {
  return {
    at: attempt.at,
    forgery: attempt.forgery ?? null,
    status: attempt.status ?? null,
    reply: attempt.reply ?? null,
    latencyMs: attempt.latencyMs,
    isAccepted: attempt.isAccepted,
    reason: attempt.reason ?? null,
  } satisfies Plain<AttemptView>;
}
