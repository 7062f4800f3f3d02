import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signMessage } from '../notices/v3-message.ts';
import type { V3Keys } from '../support/v3-keys.ts';

/** A compressed file, and the SHA-1 of its uncompressed bytes. */
interface BillFile {
  path: string;
  sha1: string;
}

/** WeChat's calls for trade bills in API v3. There is no fund bill. It verifies no request. */
export class BillServer {
  /** By date. */
  readonly files = new Map<string, BillFile>();
  url = '';
  readonly #keys: V3Keys;
  readonly #server: Server;

  constructor(keys: V3Keys) {
    this.#keys = keys;
    this.#server = createServer((request, response) => {
      this.#serve(request, response);
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const date = searchParams.get('bill_date') ?? searchParams.get('token') ?? '';
    const file = this.files.get(date);
    if (pathname === '/v3/billdownload/file' && file) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      createReadStream(file.path).pipe(response);
    } else if (pathname === '/v3/bill/tradebill' && file) {
      const download_url = `${this.url}/v3/billdownload/file?token=${date}`;
      this.#answer(response, 200, { download_url, hash_type: 'SHA1', hash_value: file.sha1 });
    } else {
      this.#answer(response, 400, { code: 'NO_STATEMENT_EXIST', message: '请求的账单文件不存在' });
    }
  }

  #answer(response: ServerResponse, status: number, content: object): void {
    const body = JSON.stringify(content);
    const { wechatPrivateKey: privateKey, wechatKeyId: keyId } = this.#keys;
    const headers = signMessage(body, { privateKey, keyId });
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  }
}
