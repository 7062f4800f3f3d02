import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { WECHAT_HOSTS } from '../certificates/wechat-hosts.js';
import { listen } from '../listen.js';

/** Bytes of a request to the proxy: Node answers 431 to a larger one. */
const MAX_HEADER_BYTES = 8192;
const MAX_CONNECTIONS = 500;
/** Milliseconds within which a request to the proxy must be complete; else Node answers 408. */
const RECEIVE_TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 10_000, connectionsCheckingInterval: 2000 };
/** Milliseconds without a byte in either direction. Longer than the usual time limits of clients. */
const IDLE_TIMEOUT_MS = 120_000;
const REFUSED_TIMEOUT_MS = 5000;

/** Every address of the machine, and the one of them that always exists. */
const ANY_ADDRESS: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** Where a tunnel leads. */
interface TunnelTarget {
  readonly host: string;
  readonly port: number;
}

/**
 * An HTTP proxy for clients whose WeChat address cannot be changed. It accepts CONNECT for WeChat's host names and always
 * leads the tunnel to the simulator's TLS listener. It never connects to another address, so it cannot be misused as an
 * open proxy.
 */
export class ConnectProxy {
  private readonly server: Server;
  /** Node's server forgets a connection when it becomes a tunnel. */
  private readonly clients = new Set<Socket>();
  private target: TunnelTarget = { host: '127.0.0.1', port: 0 };

  constructor(private readonly log: (line: string) => void) {
    this.server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, ...RECEIVE_TIMEOUTS }, refuseRequest);
    this.server.maxConnections = MAX_CONNECTIONS;
    this.server.on('connection', (client: Socket) => {
      this.clients.add(client);
      client.once('close', () => this.clients.delete(client));
      client.on('error', ignoreAbort);
    });
    this.server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
      this.handleConnect(request, client as Socket, head);
    });
  }

  /**
   * Resolves with the port that was bound; 0 binds any free one.
   * @param host the listening address of the proxy and of the TLS listener
   * @param tlsPort the port of the TLS listener
   */
  listen(port: number, host: string, tlsPort: number): Promise<number> {
    this.target = { host: ANY_ADDRESS.get(host) ?? host, port: tlsPort };
    return listen(this.server, port, host);
  }

  /** Ends all tunnels. May be repeated, and called when the proxy does not listen. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const client of this.clients) client.destroy();
    await closed;
  }

  private handleConnect({ url = '' }: IncomingMessage, client: Socket, head: Buffer): void {
    const wanted = parseTarget(url);
    if (wanted === undefined) {
      refuse(client, 400, 'CONNECT requires a host and a port, such as api.mch.weixin.qq.com:443.');
    } else if (!WECHAT_HOSTS.includes(wanted.host) || wanted.port !== 443) {
      this.log(`CONNECT ${wanted.host}:${wanted.port} → 403`);
      const hosts = WECHAT_HOSTS.map((host) => `${host}:443`).join(', ');
      refuse(client, 403, `The WeChat simulator connects only to WeChat's own hosts: ${hosts}.`);
    } else {
      this.openTunnel(client, head);
    }
  }

  private openTunnel(client: Socket, head: Buffer): void {
    const upstream = connect({ ...this.target, allowHalfOpen: true });
    let isOpen = false;
    upstream.on('error', () => {
      if (!isOpen) refuse(client, 502, 'The TLS listener of the simulator does not accept a connection.');
    });
    upstream.once('connect', () => {
      isOpen = true;
      if (client.destroyed) {
        upstream.destroy();
        return;
      }
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      for (const socket of [client, upstream]) socket.setTimeout(IDLE_TIMEOUT_MS, () => socket.destroy());
      // When one side fails, the pipeline destroys both.
      pipeline(client, upstream, ignoreAbort);
      pipeline(upstream, client, ignoreAbort);
    });
  }
}

/** The host, in lower case, and the port of a CONNECT request; undefined when it has another form. */
function parseTarget(text: string): TunnelTarget | undefined {
  const [, host, port] = /^(\[[\da-f:.]+\]|[^\s:/@]+):(\d{1,5})$/i.exec(text) ?? [];
  return host === undefined || port === undefined ? undefined : { host: host.toLowerCase(), port: Number(port) };
}

/** Every request that is not CONNECT. Clients send them to a proxy for addresses with http. */
function refuseRequest(_request: IncomingMessage, response: ServerResponse): void {
  const headers = { allow: 'CONNECT', connection: 'close', 'content-type': 'text/plain; charset=utf-8' };
  response
    .writeHead(405, headers)
    .end('This proxy accepts only CONNECT, which HTTP clients use for https addresses.\n');
}

const REASONS = { 400: 'Bad Request', 403: 'Forbidden', 502: 'Bad Gateway' };

function refuse(client: Socket, status: keyof typeof REASONS, text: string): void {
  const body = `${text}\n`;
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status]}`,
    'content-type: text/plain; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  client.setTimeout(REFUSED_TIMEOUT_MS, () => client.destroy()); // a client that does not close its side
  client.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** A client that aborts is not an error of the proxy; without a listener it would end the process. */
function ignoreAbort(): void {
  // nothing to do: both sockets are destroyed
}
