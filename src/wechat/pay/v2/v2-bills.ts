import type { BillDownload, BillKind, BillRequest, BillWriter } from '../bills/bill.js';
import { corruptBill, receiveBillFile } from '../bills/receive-bill-file.js';
import type { Outcome } from '../outcome.js';
import { failureOf, httpError } from '../wechat-http-client.js';
import { actionFor, type V2BillEndpoint } from './error-actions.js';
import { certificateRefusalOf } from './certificate-refusal.js';
import { type Fields, isSigned } from './signature.js';
import { merchantFields, type V2Account } from './v2-account.js';
import { parseFields, unknownOutcome, type WechatPayV2Transport } from './wechat-pay-v2.transport.js';

/** A message that WeChat sends when its own system fails. Source: docs/wechat-protocol.md, v2 §9.1. */
const SYSTEM_FAILURE = /system ?error|系统|gzip error|下载失败/i;
const SYSTEM_FAILURE_CODES = ['20003', '20100', '100', 'SYSTEMERROR'];

/** The bills of WeChat Pay v2. They hold the trades of both protocols. Source: docs/wechat-protocol.md, v2 §9. */
export class V2Bills {
  constructor(
    private readonly account: V2Account | null,
    private readonly transport: WechatPayV2Transport,
  ) {}

  /** The fund bill needs the merchant's client certificate. */
  canDownload(kind: BillKind): boolean {
    return this.account !== null && (kind === 'TRADE' || this.transport.checkRefundReady() === null);
  }

  async download(request: BillRequest, writer: BillWriter): Promise<Outcome<BillDownload>> {
    const endpoint: V2BillEndpoint = request.kind === 'TRADE' ? 'downloadbill' : 'downloadfundflow';
    return this.transport.download(endpoint, this.fieldsOf(request), async (response, apiKey) => {
      if (response.kind !== 'answered') {
        const refusal = certificateRefusalOf(response);
        if (refusal) return { ...refusal, message: `The fund bill was not downloaded: ${refusal.code}.` };
        return unknownOutcome(`${endpoint}: ${response.kind} (${response.reason})`, null, failureOf(response));
      }
      if (response.status !== 200) {
        response.body.destroy();
        return unknownOutcome(`${endpoint}: HTTP ${response.status}`, null, httpError(response.status));
      }
      const received = await receiveBillFile(response.body, writer);
      switch (received.kind) {
        case 'FILE':
          if (received.bytes === 0) return unknownOutcome(`${endpoint}: the response is empty`, '');
          return { kind: 'done', value: { state: 'AVAILABLE', sha1: received.sha1, bytes: received.bytes }, raw: '' };
        case 'CORRUPT':
          return { kind: 'done', value: corruptBill(received), raw: '' };
        case 'MESSAGE':
          return outcomeOfMessage(endpoint, received.text, apiKey);
        case 'BROKEN':
          return unknownOutcome(`${endpoint}: the download ended early (${received.reason})`, null, {
            kind: 'CONNECTION_BROKEN',
            code: received.reason,
          });
      }
    });
  }

  /** Any app of the merchant gives the whole bill. Source: docs/wechat-protocol.md, v2 §9.1, §9.3. */
  private fieldsOf({ kind, date }: BillRequest): Fields {
    if (this.account === null) return {};
    const bill_date = date.replaceAll('-', '');
    const account = { channel: 'wechat-v2', ...this.account } as const;
    return kind === 'TRADE'
      ? { ...merchantFields(account, account.signType), bill_date, bill_type: 'ALL', tar_type: 'GZIP' }
      : { ...merchantFields(account, 'HMAC-SHA256'), bill_date, account_type: 'Basic', tar_type: 'GZIP' };
  }
}

/** WeChat's refusal, which it sends with HTTP 200 in place of the file, mostly without a signature. */
function outcomeOfMessage(endpoint: V2BillEndpoint, raw: string, apiKey: string): Outcome<BillDownload> {
  const answer = parseFields(raw);
  const isFailure = answer?.['return_code'] === 'FAIL' || answer?.['result_code'] === 'FAIL';
  if (answer === null || !isFailure)
    return unknownOutcome(`${endpoint}: the response is neither a bill nor a refusal`, raw);
  if (answer['sign'] !== undefined && !isSigned(answer, apiKey))
    return unknownOutcome(`${endpoint}: the response has a wrong signature`, raw, { kind: 'BAD_SIGNATURE' });
  const code = answer['err_code'] ?? answer['error_code'] ?? 'RETURN_FAIL';
  const message = answer['err_code_des'] ?? answer['return_msg'] ?? '';
  if (SYSTEM_FAILURE_CODES.includes(code) || SYSTEM_FAILURE.test(message))
    return { ...unknownOutcome(`${endpoint}: ${code} ${message}`, raw, { kind: 'SYSTEM_BUSY' }), code, message };
  const action = actionFor(endpoint, code, message);
  if (action === 'NOT_FOUND') return { kind: 'done', value: { state: 'NONE' }, raw };
  if (action === 'NOT_READY') return { kind: 'done', value: { state: 'NOT_READY' }, raw };
  return { kind: 'refused', code, message, action, raw };
}
