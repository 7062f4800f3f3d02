import { createServer, type Socket } from 'node:net';

const HEADER_BYTES = 24;
const OPCODES = { get: 0x00, set: 0x01, delete: 0x04 } as const;
const STATUS_OK = 0;
const STATUS_KEY_NOT_FOUND = 1;

interface MemcachedRequest {
  opcode: number;
  key: string;
  value: Buffer;
  opaque: number;
}

/**
 * A memcached server with the binary commands that sessions need, so that the tests require no server. Entries do not
 * expire.
 */
export class FakeMemcached {
  readonly entries = new Map<string, Buffer>();
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => {
    this.serve(socket);
  });

  static async start(): Promise<{ memcached: FakeMemcached; url: string }> {
    const memcached = new FakeMemcached();
    await new Promise<void>((listening) => memcached.server.listen(0, '127.0.0.1', listening));
    const address = memcached.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { memcached, url: `memcache://127.0.0.1:${port}` };
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
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (let message = parseRequest(received); message !== null; message = parseRequest(received)) {
        received = received.subarray(HEADER_BYTES + received.readUInt32BE(8));
        socket.write(this.handle(message));
      }
    });
  }

  private handle({ opcode, key, value, opaque }: MemcachedRequest): Buffer {
    const known = this.entries.get(key);
    if (opcode === OPCODES.get && known)
      return encodeResponse({ opcode, opaque, status: STATUS_OK, extras: Buffer.alloc(4), value: known });
    if (opcode === OPCODES.set) this.entries.set(key, value);
    if (opcode === OPCODES.delete) this.entries.delete(key);
    const isFound = opcode === OPCODES.set || (opcode === OPCODES.delete && known !== undefined);
    return encodeResponse({
      opcode,
      opaque,
      status: isFound ? STATUS_OK : STATUS_KEY_NOT_FOUND,
      extras: Buffer.alloc(0),
      value: Buffer.alloc(0),
    });
  }
}

function parseRequest(received: Buffer): MemcachedRequest | null {
  if (received.length < HEADER_BYTES) return null;
  const end = HEADER_BYTES + received.readUInt32BE(8);
  if (received.length < end) return null;
  const keyAt = HEADER_BYTES + received.readUInt8(4);
  const valueAt = keyAt + received.readUInt16BE(2);
  return {
    opcode: received.readUInt8(1),
    key: received.toString('latin1', keyAt, valueAt),
    value: Buffer.from(received.subarray(valueAt, end)),
    opaque: received.readUInt32BE(12),
  };
}

interface MemcachedResponse {
  opcode: number;
  opaque: number;
  status: number;
  extras: Buffer;
  value: Buffer;
}

function encodeResponse({ opcode, opaque, status, extras, value }: MemcachedResponse): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(0x81, 0);
  header.writeUInt8(opcode, 1);
  header.writeUInt8(extras.length, 4);
  header.writeUInt16BE(status, 6);
  header.writeUInt32BE(extras.length + value.length, 8);
  header.writeUInt32BE(opaque, 12);
  return Buffer.concat([header, extras, value]);
}
