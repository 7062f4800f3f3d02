import { once } from 'node:events';
import { connect } from 'node:net';
import { noticeOf } from './seed-orders.js';
import { ACCEPTED } from './wechat-message.js';

/**
 * Sends payment notices, in its own process. It signs the notices and opens the connections before the measurement starts.
 * Plain sockets then take as little CPU as possible from the server.
 *
 * @typedef {{ port: number, side: string, from: number, count: number, concurrency: number }} Load
 * @typedef {{ seconds: number, latenciesMs: number[], refusals: number }} LoadResult
 */

process.on('message', (/** @type {Load} */ load) => {
  send(load).then(
    (result) => process.send?.(result),
    (error) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});

/**
 * @param {Load} load
 * @returns {Promise<LoadResult>}
 */
async function send({ port, side, from, count, concurrency }) {
  const requests = Array.from({ length: count }, (_, index) => requestFor(port, noticeOf(side, from + index)));
  const sockets = await Promise.all(Array.from({ length: concurrency }, () => openSocket(port)));
  /** @type {number[]} */
  const latenciesMs = [];
  let refusals = 0;
  let next = 0;
  const startedAt = performance.now();
  const work = async (/** @type {import('node:net').Socket} */ socket) => {
    for (let index = next++; index < count; index = next++) {
      const sentAt = performance.now();
      const body = await exchange(socket, requests[index] ?? Buffer.alloc(0));
      latenciesMs.push(performance.now() - sentAt);
      if (body !== ACCEPTED) refusals++;
    }
  };
  await Promise.all(sockets.map(work));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const socket of sockets) socket.destroy();
  return { seconds, latenciesMs, refusals };
}

/** @param {number} port */
async function openSocket(port) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/**
 * @param {number} port
 * @param {string} body
 */
function requestFor(port, body) {
  const bytes = Buffer.from(body, 'utf8');
  const head = `POST /wechat/notify/payment HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: text/xml\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}

/**
 * Sends one request and returns the answer's body. Both servers send its content-length.
 * @param {import('node:net').Socket} socket
 * @param {Buffer} request
 * @returns {Promise<string>}
 */
function exchange(socket, request) {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (/** @type {() => void} */ outcome) => {
      socket.removeAllListeners();
      outcome();
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const headEnd = text.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      if (text.length - headEnd - 4 >= length) settle(() => resolve(text.slice(headEnd + 4)));
    });
    socket.on('error', (error) => settle(() => reject(error)));
    socket.on('close', () => settle(() => reject(new Error('The server closed a connection.'))));
    socket.write(request);
  });
}
