import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import secureJson from 'secure-json-parse';
import { DomainError } from './domain-error.js';
import { validationFailed } from './input.pipe.js';
import { findSizeViolation } from './json-limits.js';

/** Bytes that a JSON body may have. The largest honest one, an order of 50 lines, has some 5 kB. */
const MAX_JSON_BYTES = 64 * 1024;
/** Bytes of a raw body that are kept. WeChat's notices have less than 4 kB. */
const MAX_RAW_BYTES = 64 * 1024;
/** Bytes of any body that are received. An answer should follow a whole request, but not one that never ends. */
const MAX_RECEIVED_BYTES = 1024 * 1024;
/** Milliseconds for the answer to reach a client whose body was cut off, before the connection is destroyed. */
const CLOSE_DELAY_MS = 500;
/** Parameters of a query. A filter with all of its fields has some ten; proxies and pages add a few. */
const MAX_QUERY_PARAMETERS = 100;

/** What a route outside the JSON API gets: the bytes as they came, up to the limit. */
export interface RawBody {
  bytes: Buffer;
  /** True when there was more than `RAW_LIMIT`; `bytes` is only the beginning then. */
  isTruncated: boolean;
}

/**
 * One parser for everything. Routes below `rawPrefix` get the bytes whatever they call themselves, because WeChat must
 * get its one kind of answer even to a body that is huge or no XML at all; all others take JSON alone.
 */
export function installBodyParser(fastify: FastifyInstance, rawPrefix: string): void {
  fastify.removeAllContentTypeParsers();
  installReceiveLimit(fastify);
  // A content type that is none would be refused before any parser is asked.
  fastify.addHook('onRequest', (request, _reply, next) => {
    if (request.url.startsWith(rawPrefix)) request.headers['content-type'] = 'application/octet-stream';
    next();
  });
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const isRaw = request.url.startsWith(rawPrefix);
    const body = await readUpTo(payload, isRaw ? MAX_RAW_BYTES : MAX_JSON_BYTES);
    if (isRaw) return body;
    if (body.isTruncated) throw new DomainError('PAYLOAD_TOO_LARGE');
    if (body.bytes.length === 0) return undefined; // wx.request names a content type even without data
    if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new DomainError('UNSUPPORTED_MEDIA_TYPE');
    }
    return parseJson(body.bytes);
  });
}

/** Refuses a query of thousands of parameters, in each of which a filter would be looked for. */
export function installQueryLimit(fastify: FastifyInstance, rawPrefix: string): void {
  fastify.addHook('onRequest', (request, _reply, next) => {
    const { url } = request;
    const isRefused =
      !url.startsWith(rawPrefix) && url.split('&', MAX_QUERY_PARAMETERS + 1).length > MAX_QUERY_PARAMETERS;
    const message = `query must have at most ${MAX_QUERY_PARAMETERS} parameters`;
    next(isRefused ? validationFailed([{ field: 'query', message }]) : undefined);
  });
}

function parseJson(bytes: Buffer): unknown {
  let value: unknown;
  let oversize: string | null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    oversize = findSizeViolation(text);
    value = oversize === null ? secureJson.parse(text) : undefined;
  } catch {
    oversize = 'must be valid JSON';
  }
  if (oversize === null) return value;
  throw validationFailed([{ field: 'body', message: `body ${oversize}` }]);
}

/** Keeps no more than `limit`, and receives little more than `RECEIVE_LIMIT`. The server's request time-out bounds the time. */
async function readUpTo(payload: IncomingMessage, limit: number): Promise<RawBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  // A stream whose iterator is left early is destroyed, and the connection with it, before there is an answer.
  for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if (length < limit) chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_RECEIVED_BYTES) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), isTruncated: length > limit };
}

/**
 * Ends the connection of a request that was answered before its body had come to an end. Node would receive a body to its end,
 * however long it is, to find the next request behind it.
 */
function installReceiveLimit(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ raw: request }, { raw: response }, next) => {
    if (hasBody(request)) destroyWhenOverLimit(request, response);
    next();
  });
  fastify.addHook('onSend', ({ raw: request }, reply, _payload, next) => {
    const isUntouched = hasBody(request) && !request.complete && request.readableFlowing === null;
    if (isUntouched) void reply.header('connection', 'close');
    next();
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** The answer gets some time to arrive: a connection that is destroyed at once may take it along. */
function destroyWhenOverLimit(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  const before = socket.bytesRead;
  response.once('finish', () => {
    if (request.complete || socket.bytesRead - before <= MAX_RECEIVED_BYTES) return;
    setTimeout(() => socket.destroy(), CLOSE_DELAY_MS).unref();
  });
}
