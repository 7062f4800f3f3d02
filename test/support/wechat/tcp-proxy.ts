import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy whose connections a test can cut and restore. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private readonly frozen = new Set<Socket>();
  private isDown = false;

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
    server.on('connection', (client) => {
      proxy.relay(client, connect(port, host));
    });
    return proxy;
  }

  /** Closes the connections and rejects new ones. */
  disconnect(): void {
    this.isDown = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** Drops all data on the existing connections, as a firewall that has lost their state. New connections work. */
  freeze(): void {
    for (const socket of this.sockets) this.frozen.add(socket);
  }

  reconnect(): void {
    this.isDown = false;
  }

  async close(): Promise<void> {
    this.disconnect();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private relay(client: Socket, server: Socket): void {
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        this.frozen.delete(one);
        other.destroy();
      });
    }
    if (this.isDown) client.destroy();
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('data', (chunk) => {
        if (!this.frozen.has(from)) to.write(chunk);
      });
    }
  }
}
