import { connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to another server that can be cut and mended, so that a test takes down what it has not started. */
export class Wire {
  private readonly ends = new Set<Socket>();
  private isCut = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(port: number, host = '127.0.0.1'): Promise<Wire> {
    const server = createServer();
    const own = await new Promise<number>((listening) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        listening(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const wire = new Wire(server, own);
    server.on('connection', (near) => {
      wire.joins(near, connect(port, host));
    });
    return wire;
  }

  /** Breaks what is connected, and whatever tries to connect from now on. */
  cut(): void {
    this.isCut = true;
    for (const end of this.ends) end.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async isTakenDown(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.server.close(closed));
  }

  private joins(near: Socket, far: Socket): void {
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.ends.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.ends.delete(one);
        other.destroy();
      });
    }
    if (this.isCut) near.destroy();
    else near.pipe(far).pipe(near);
  }
}
