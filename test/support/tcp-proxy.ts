import { connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to another server that can be cut and mended. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private readonly frozen = new Set<Socket>();
  private isTruncated = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(host: string, port: number): Promise<TcpProxy> {
    const server = createServer();
    const own = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const proxy = new TcpProxy(server, own);
    server.on('connection', (near) => {
      proxy.relay(near, connect(port, host));
    });
    return proxy;
  }

  /** Breaks what is connected and refuses what comes. */
  cuts(): void {
    this.isTruncated = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** Swallows what is said on the connections there are, as a firewall that has forgotten them. New ones work. */
  freezes(): void {
    for (const socket of this.sockets) this.frozen.add(socket);
  }

  restore(): void {
    this.isTruncated = false;
  }

  async close(): Promise<void> {
    this.cuts();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private relay(near: Socket, far: Socket): void {
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        this.frozen.delete(one);
        other.destroy();
      });
    }
    if (this.isTruncated) near.destroy();
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk) => {
        if (!this.frozen.has(from)) to.write(chunk);
      });
    }
  }
}
