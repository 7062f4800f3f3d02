import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../../clock.js';
import { NoticeAttempt, NoticeSubject } from '../../notices/notice.js';
import { NoticeDispatcher } from '../../notices/notice-dispatcher.js';
import { SignType } from '../../v2/wire/signer.js';
import { attemptView, SentView } from './notice.view.js';
import { NotifyRequest } from './notify.dto.js';
import type { Plain } from '../api-helpers.js';

/** Sends notices on request, outside the schedule. */
@Injectable()
export class ManualNoticeService {
  constructor(
    private readonly dispatcher: NoticeDispatcher,
    private readonly clock: SimulatorClock,
  ) {}

  async send(subject: NoticeSubject, request: NotifyRequest & { forge?: string; signType?: SignType }) {
    if (request.delaySeconds === undefined || request.delaySeconds === 0) {
      const attempts = await this.sendAll(subject, request);
      return { dueAt: this.clock.now(), attempts: attempts.map(attemptView) } satisfies Plain<SentView>;
    }
    const dueAt = new Date(this.clock.now().getTime() + request.delaySeconds * 1000);
    this.clock.schedule(dueAt, () => void this.sendAll(subject, request));
    return { dueAt, attempts: [] } satisfies Plain<SentView>;
  }

  private async sendAll(
    subject: NoticeSubject,
    request: NotifyRequest & { forge?: string; signType?: SignType },
  ): Promise<NoticeAttempt[]> {
    const extra = Object.entries(request.extra ?? {}).map(([name, value]) => [name, String(value)] as const);
    const { connections, forge: forgery, signType } = request;
    const attempts: NoticeAttempt[] = [];
    for (let sent = 0; sent < (request.times ?? 1); sent += 1) {
      const sending = { connections, forgery, signType, extra: Object.fromEntries(extra) };
      attempts.push(...(await this.dispatcher.send(subject, sending)));
    }
    return attempts;
  }
}
