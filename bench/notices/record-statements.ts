import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const COM_QUERY = 0x03;
const HEADER_BYTES = 4;

/**
 * Starts a proxy to the database that records the statements. It reads complete packets of the text protocol, which is all
 * that the service and the bare server use.
 * @returns `url` leads to the same database; `connections` are the statements of each connection
 */
export async function recordStatements(
  database: URL,
): Promise<{ url: string; connections: string[][]; close: () => void }> {
  const connections: string[][] = [];
  const server = createServer((client) => {
    const statements: string[] = [];
    connections.push(statements);
    const upstream = connect({ host: database.hostname, port: Number(database.port || 3306), noDelay: true });
    let pending = Buffer.alloc(0);
    client.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= HEADER_BYTES && pending.length >= HEADER_BYTES + pending.readUIntLE(0, 3)) {
        const packet = pending.subarray(HEADER_BYTES, HEADER_BYTES + pending.readUIntLE(0, 3));
        pending = pending.subarray(HEADER_BYTES + packet.length);
        if (packet[0] === COM_QUERY) statements.push(packet.subarray(1).toString('utf8'));
      }
    });
    client.pipe(upstream).pipe(client);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(database);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return { url: url.href, connections, close: () => server.close() };
}

/** Removes the values from statements, so that two payments can be compared. */
export function normalizeStatements(statements: string[]): string[] {
  return statements.map((statement) =>
    statement
      .replaceAll(/'(?:[^'\\]|\\.)*'/g, '?')
      .replaceAll(/\b\d+\b/g, '?')
      .replaceAll(/\s+/g, ' '),
  );
}

/** @param statements of one connection @returns its transactions, from START to COMMIT */
export function transactionsOf(statements: string[]): string[][] {
  const transactions: string[][] = [];
  let begin = statements.indexOf('START TRANSACTION');
  while (begin >= 0) {
    const end = statements.indexOf('COMMIT', begin);
    if (end < 0) break;
    transactions.push(statements.slice(begin, end + 1));
    begin = statements.indexOf('START TRANSACTION', end);
  }
  return transactions;
}
