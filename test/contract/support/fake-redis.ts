import { createServer, type Socket } from 'node:net';

/** A Redis server with the commands that sessions need, so that the tests require no server. Entries do not expire. */
export class FakeRedis {
  private readonly entries = new Map<string, string>();
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => {
    this.serve(socket);
  });

  static async start(): Promise<{ redis: FakeRedis; url: string }> {
    const redis = new FakeRedis();
    await new Promise<void>((listening) => redis.server.listen(0, '127.0.0.1', listening));
    const address = redis.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { redis, url: `redis://127.0.0.1:${port}` };
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      for (let next = parseCommand(received); next !== null; next = parseCommand(received)) {
        received = received.slice(next.length);
        socket.write(this.handle(next.words), 'latin1');
      }
    });
  }

  private handle([command = '', key = '', value = '']: string[]): string {
    switch (command.toUpperCase()) {
      case 'PING':
        return '+PONG\r\n';
      case 'SET':
        this.entries.set(key, value);
        return '+OK\r\n';
      case 'GET': {
        const found = this.entries.get(key);
        return found === undefined ? '$-1\r\n' : bulkString(found);
      }
      case 'DEL':
      case 'UNLINK':
        return `:${this.entries.delete(key) ? 1 : 0}\r\n`;
      case 'KEYS': {
        const found = [...this.entries.keys()].filter((name) => name.includes(key.replaceAll('*', '')));
        return `*${found.length}\r\n${found.map((name) => bulkString(name)).join('')}`;
      }
      case 'CLIENT':
        return '+OK\r\n';
      default:
        return `-ERR unknown command '${command}'\r\n`;
    }
  }
}

function bulkString(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}

/** Reads the first complete command: an array of bulk strings or a plain line. Returns null while it is incomplete. */
function parseCommand(received: string): { words: string[]; length: number } | null {
  const lineEnd = received.indexOf('\r\n');
  if (lineEnd === -1) return null;
  if (!received.startsWith('*')) return { words: received.slice(0, lineEnd).split(' '), length: lineEnd + 2 };
  const words: string[] = [];
  let at = lineEnd + 2;
  for (let left = Number(received.slice(1, lineEnd)); left > 0; left--) {
    const end = received.indexOf('\r\n', at);
    if (end === -1) return null;
    const size = Number(received.slice(at + 1, end));
    if (received.length < end + 2 + size + 2) return null;
    words.push(received.slice(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return { words, length: at };
}
