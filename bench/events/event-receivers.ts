import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';

/**
 * The receivers of events, in their own process: a minimal server that accepts every request. Each path is one receiver. It
 * answers each message of its parent with what was received.
 */
export interface ReceiptsQuestion {
  /** Begins a new measurement of the time. */
  isStart?: boolean;
}

export interface Receipts {
  port: number;
  /** The number of requests to all receivers. */
  requests: number;
  /** The number of different events of each receiver that has received any, by path. */
  events: Record<string, number>;
  /** Seconds from the first to the last request since the measurement began; 0 without requests. */
  seconds: number;
}

const idsByPath = new Map<string, Set<string>>();
let requests = 0;
/** Of the first and the last request, in milliseconds. */
let [firstAt, lastAt] = [0, 0];

const server = createServer((request, response) => {
  const { url = '', headers } = request;
  const ids = idsByPath.get(url) ?? new Set();
  idsByPath.set(url, ids.add(String(headers['webhook-id'])));
  requests++;
  lastAt = performance.now();
  firstAt ||= lastAt;
  request.resume();
  response.writeHead(204).end();
});

// Longer than the pauses of the benchmark: a connection that is closed while a request comes is a failed delivery.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.on('message', ({ isStart }: ReceiptsQuestion) => {
    if (isStart) [firstAt, lastAt] = [0, 0];
    const events = Object.fromEntries([...idsByPath].map(([path, { size }]) => [path, size]));
    process.send?.({ port, requests, events, seconds: (lastAt - firstAt) / 1000 } satisfies Receipts);
  });
});
