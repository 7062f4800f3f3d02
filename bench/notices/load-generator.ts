import type { Socket } from 'node:net';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { noticeOf, transactionOf } from '../support/seed-orders.ts';
import { sealNotice, type SealedNotice } from './v3-message.ts';
import { ACCEPTED } from './wechat-message.ts';

/**
 * Sends payment notices, in its own process. It signs the notices and opens the connections before the measurement
 * starts. Plain sockets then take as little CPU as possible from the server.
 */
export interface Load {
  port: number;
  side: string;
  from: number;
  count: number;
  concurrency: number;
  /** Notices are sent at this rate if the server is fast enough; absent: as fast as possible. */
  perSecond?: number | undefined;
  /** WeChat's private key in PEM, its id, and the APIv3 key; absent: the notices are of v2. */
  v3?: { privatePem: string; keyId: string; apiV3Key: string } | undefined;
}
export type LoadResult = { seconds: number; latenciesMs: number[]; refusals: number };

process.on('message', (load: Load) => {
  send(load).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});

async function send({ port, side, from, count, concurrency, perSecond = Infinity, v3 }: Load): Promise<LoadResult> {
  const composeNotice = v3 ? v3Composer(side, v3) : v2Composer(side);
  const path = `/wechat/notify/${v3 ? 'v3/' : ''}payment`;
  const requests = Array.from({ length: count }, (_, index) => requestFor(port, path, composeNotice(from + index)));
  const sockets = await Promise.all(Array.from({ length: concurrency }, () => openSocket(port)));

  const latenciesMs: number[] = [];
  let refusals = 0;
  let next = 0;
  const startedAt = performance.now();
  const work = async (socket: Socket) => {
    for (let index = next++; index < count; index = next++) {
      const waitMs = startedAt + (index * 1000) / perSecond - performance.now();
      if (waitMs > 0) await pause(waitMs);
      const sentAt = performance.now();
      const { status, body } = await exchange(socket, requests[index] ?? Buffer.alloc(0));
      latenciesMs.push(performance.now() - sentAt);
      if (v3 ? status !== 204 : body !== ACCEPTED) refusals++;
    }
  };
  await Promise.all(sockets.map(work));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const socket of sockets) socket.destroy();
  return { seconds, latenciesMs, refusals };
}

async function openSocket(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

type Composer = (index: number) => SealedNotice;

function v2Composer(side: string): Composer {
  return (index) => ({ headers: { 'content-type': 'text/xml' }, body: noticeOf(side, index) });
}

function v3Composer(side: string, { privatePem, keyId, apiV3Key }: NonNullable<Load['v3']>): Composer {
  const sender = { privateKey: createPrivateKey(privatePem), keyId, apiV3Key };
  return (index) => {
    const { headers, body } = sealNotice(transactionOf(side, index), sender);
    return { headers: { 'content-type': 'application/json', ...headers }, body };
  };
}

function requestFor(port: number, path: string, { headers, body }: SealedNotice) {
  const bytes = Buffer.from(body, 'utf8');
  const all = { host: `127.0.0.1:${port}`, ...headers, 'content-length': String(bytes.length) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
}

/** Sends one request. A response has a content-length, or no body. */
function exchange(socket: Socket, request: Buffer): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (outcome: () => void) => {
      socket.removeAllListeners();
      outcome();
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const headEnd = text.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      const [status, body] = [Number(text.slice('HTTP/1.1 '.length, 12)), text.slice(headEnd + 4)];
      if (body.length >= length) settle(() => resolve({ status, body }));
    });
    socket.on('error', (error) => settle(() => reject(error)));
    socket.on('close', () => settle(() => reject(new Error('The server closed a connection.'))));
    socket.write(request);
  });
}
