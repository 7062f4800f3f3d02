import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NoticeReply, NoticeRequest } from '../../../src/wechat/pay/notice-request.js';

/** A shop's notice address: keeps the notices that it receives, and responds as the test says. */
export class NoticeListener {
  readonly received: NoticeRequest[] = [];
  reply: NoticeReply = { status: 500, contentType: 'text/plain', body: '' };
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void readNotice(request).then((notice) => {
        this.received.push(notice);
        const { status, contentType, body } = this.reply;
        response.writeHead(status, { 'content-type': contentType }).end(body);
      });
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function readNotice(request: IncomingMessage): Promise<NoticeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { url = '' } = request;
  return {
    query: url.slice(url.indexOf('?') + 1 || url.length),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
    isTruncated: false,
  };
}
