import { type BillDownload, type BillRequest, type BillWriter, MAX_BILL_DOWNLOAD_SECONDS } from '../bills/bill.js';
import { corruptBill, receiveBillFile } from '../bills/receive-bill-file.js';
import type { Outcome } from '../outcome.js';
import { failureOf, type WechatHttpDownload } from '../wechat-http-client.js';
import { type JsonObject, textAt } from './messages/strict-json.js';
import { outcomeOfUnsignedRefusal, unknownV3 } from './transport/response-outcomes.js';
import type { V3Transport } from './transport/v3-transport.js';

/** Other names of WeChat's own hosts, which all have the same paths. Source: docs/wechat-protocol.md, v3 §6. */
const WECHAT_HOSTS = ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com', 'api.wechatpay.cn', 'api2.wechatpay.cn'];
/** Bytes of a refusal that are read. */
const MAX_REFUSAL_BYTES = 64 * 1024;
const DOWNLOAD = { endpoint: 'billdownload', method: 'GET', isRepeatable: true } as const;

/** Where a file is, and its hash, from a verified response. */
interface BillAddress {
  /** Encoded as it will be sent: the signature covers it. */
  path: string;
  sha1: string;
}

/** The result of one attempt. `isExpired` when a new address may help. */
interface Attempt {
  outcome: Outcome<BillDownload>;
  isExpired: boolean;
}

/** The bills of API v3: a signed response names the file and its hash, and the file itself is not signed. */
export class V3Bills {
  /** @param baseUrls the hosts of the account. */
  constructor(
    private readonly transport: V3Transport,
    private readonly baseUrls: readonly string[],
  ) {}

  /** Requests one new address when the first one has expired. Source: docs/wechat-protocol.md, v3 §6. */
  async download(request: BillRequest, writer: BillWriter): Promise<Outcome<BillDownload>> {
    const signal = AbortSignal.timeout(MAX_BILL_DOWNLOAD_SECONDS * 1000);
    const first = await this.attempt(request, writer, signal);
    return first.isExpired ? (await this.attempt(request, writer, signal)).outcome : first.outcome;
  }

  private async attempt(request: BillRequest, writer: BillWriter, signal: AbortSignal): Promise<Attempt> {
    const found = await this.findAddress(request);
    if (found.kind !== 'done') return { outcome: asDownload(found), isExpired: false };
    const { path, sha1 } = found.value;
    let isExpired = false;
    const { baseUrls } = this;
    const call = { ...DOWNLOAD, path };
    const outcome = await this.transport.download<BillDownload>(call, { baseUrls, signal }, async (response) => {
      if (response.kind !== 'answered')
        return unknownV3(DOWNLOAD, `${response.kind} (${response.reason})`, null, failureOf(response));
      if (response.status === 200) return receive(response, writer, sha1);
      isExpired = response.status === 400 || response.status === 404;
      return outcomeOfUnsignedRefusal(DOWNLOAD, { ...response, bytes: await readRefusal(response.body) });
    });
    return { outcome, isExpired };
  }

  private async findAddress({ kind, date }: BillRequest): Promise<Outcome<BillAddress>> {
    const isTrade = kind === 'TRADE';
    const path = isTrade
      ? `/v3/bill/tradebill?bill_date=${date}&bill_type=ALL&tar_type=GZIP`
      : `/v3/bill/fundflowbill?bill_date=${date}&account_type=BASIC&tar_type=GZIP`;
    const call = { endpoint: isTrade ? 'tradebill' : 'fundflowbill', method: 'GET', path, isRepeatable: true } as const;
    const outcome = await this.transport.call(call);
    if (outcome.kind !== 'done') return outcome;
    const sha1 = sha1Of(outcome.value);
    const url = textAt(outcome.value, 'download_url');
    // The answer holds a token: neither the log nor the outcome gets it.
    if (sha1 === null || url === null)
      return unknownV3(call, 'the response lacks the address or the SHA-1 of the file', null, {
        kind: 'UNUSABLE_ANSWER',
      });
    const filePath = pathAtWechat(url, this.baseUrls);
    return filePath === null
      ? unknownV3(call, 'the address of the file is not at WeChat', null, { kind: 'UNUSABLE_ANSWER' })
      : { kind: 'done', value: { path: filePath, sha1 }, raw: '' };
  }
}

/** Refusals that answer the question are results. */
function asDownload(outcome: Exclude<Outcome<BillAddress>, { kind: 'done' }>): Outcome<BillDownload> {
  if (outcome.kind === 'refused' && outcome.action === 'NOT_FOUND')
    return { kind: 'done', value: { state: 'NONE' }, raw: outcome.raw };
  if (outcome.kind === 'refused' && outcome.action === 'NOT_READY')
    return { kind: 'done', value: { state: 'NOT_READY' }, raw: outcome.raw };
  return outcome;
}

function sha1Of(answer: JsonObject): string | null {
  const [type, value] = [textAt(answer, 'hash_type'), textAt(answer, 'hash_value')];
  return type === 'SHA1' && value !== null && /^[\da-f]{40}$/i.test(value) ? value.toLowerCase() : null;
}

/**
 * Path and query of an address at one of these hosts, or at another name of WeChat. The request goes to the configured hosts
 * in any case, because our signature must not reach a foreign one. Null for any other address.
 */
function pathAtWechat(address: string, baseUrls: readonly string[]): string | null {
  if (!URL.canParse(address)) return null;
  const { origin, protocol, host, username, pathname, search } = new URL(address);
  if (username !== '') return null;
  const own = baseUrls.map((baseUrl) => new URL(baseUrl)).find((baseUrl) => baseUrl.origin === origin);
  if (own === undefined) return protocol === 'https:' && WECHAT_HOSTS.includes(host) ? pathname + search : null;
  const prefix = own.pathname === '/' ? '' : own.pathname;
  return (pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname) + search;
}

async function receive(
  { body }: Extract<WechatHttpDownload, { kind: 'answered' }>,
  writer: BillWriter,
  expectedSha1: string,
): Promise<Outcome<BillDownload>> {
  const received = await receiveBillFile(body, writer);
  switch (received.kind) {
    case 'FILE': {
      const { sha1, bytes } = received;
      const isWhole = sha1 === expectedSha1;
      const reason = `its SHA-1 is ${sha1} instead of ${expectedSha1}`;
      return {
        kind: 'done',
        value: isWhole ? { state: 'AVAILABLE', sha1, bytes } : { state: 'CORRUPT', sha1, bytes, reason },
        raw: '',
      };
    }
    case 'CORRUPT':
      return { kind: 'done', value: corruptBill(received), raw: '' };
    case 'MESSAGE':
      return unknownV3(DOWNLOAD, 'the response is not a bill', received.text, { kind: 'UNUSABLE_ANSWER' });
    case 'BROKEN': {
      const { reason } = received;
      return unknownV3(DOWNLOAD, `the download ended early (${reason})`, null, {
        kind: 'CONNECTION_BROKEN',
        code: reason,
      });
    }
  }
}

/** Empty when it cannot be read: its status decides then. */
async function readRefusal(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_REFUSAL_BYTES) break;
    }
  } catch {
    return Buffer.alloc(0);
  }
  return Buffer.concat(chunks);
}
