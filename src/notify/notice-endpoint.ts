import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RawBody } from '../common/http/body-parser.js';
import { DomainError } from '../common/problem/domain-error.js';
import { withTimeout } from '../common/time/with-timeout.js';
import type { NoticeRequest, NoticeResult } from '../wechat/pay/notice-request.js';
import type { PaymentChannel } from '../wechat/pay/payment-channel.js';
import { PaymentProviderRegistry } from '../wechat/pay/payment-provider-registry.js';
import { PaymentNoticeReceiver } from './payment-notice-receiver.js';
import { RefundNoticeReceiver } from './refund-notice-receiver.js';

/** Milliseconds. WeChat waits five seconds for a response and would repeat the notice after a later one. */
const RESPONSE_TIMEOUT_MS = 4500;

/** One notice address: the protocol whose notices come there, and what they are about. */
export interface NoticeAddress {
  channel: PaymentChannel;
  kind: 'payment' | 'refund';
}

/** One call to a notice address. The body is undefined without one, as in a GET. */
export interface NoticeCall {
  request: FastifyRequest;
  body: RawBody | undefined;
  reply: FastifyReply;
}

/** Answers the calls to all notice addresses in the format of their protocols, always within the time limit. */
@Injectable()
export class NoticeEndpoint {
  private readonly log = new Logger(NoticeEndpoint.name);

  constructor(
    private readonly providers: PaymentProviderRegistry,
    private readonly payments: PaymentNoticeReceiver,
    private readonly refunds: RefundNoticeReceiver,
  ) {}

  /**
   * Sets the status and the content type of the response.
   * @returns its body.
   * @throws DomainError NOT_FOUND when the protocol is not configured. In that case nothing is written.
   */
  async receive({ channel, kind }: NoticeAddress, call: NoticeCall): Promise<string> {
    const provider = this.providers.of(channel);
    if (!provider.isConfigured) throw new DomainError('NOT_FOUND');
    const receiver = kind === 'payment' ? this.payments : this.refunds;
    const work = this.withoutFailure(receiver.receive(provider, noticeRequestOf(call)));
    const { status, contentType, body } = provider.reply(
      await withTimeout(work, RESPONSE_TIMEOUT_MS, (): NoticeResult => ({ kind: 'refused', reason: 'BUSY' })),
    );
    void call.reply.status(status).header('content-type', contentType);
    return body;
  }

  /** After a time-out the work continues here; after an error it is repeated, because WeChat sends the notice again. */
  private withoutFailure(work: Promise<NoticeResult>): Promise<NoticeResult> {
    return work.catch((error: unknown): NoticeResult => {
      this.log.error({ err: error }, 'A notice could not be applied; WeChat will send it again');
      return { kind: 'refused', reason: 'RETRY' };
    });
  }
}

/** The query stays encoded: decoding it as UTF-8 would destroy text in another charset. */
function noticeRequestOf({ request: { url, headers }, body }: NoticeCall): NoticeRequest {
  const { bytes = Buffer.alloc(0), isTruncated = false } = body ?? {};
  return {
    query: url.slice(url.indexOf('?') + 1 || url.length),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
    ),
    body: bytes,
    isTruncated,
  };
}
