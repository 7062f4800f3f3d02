import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import secureJson from 'secure-json-parse';
import { DomainError } from '../problem/domain-error.js';
import { validationFailed } from '../validation/input.pipe.js';
import { findSizeViolation } from './json-limits.js';

/** Bytes of a JSON body. The largest regular one, an order of 50 items, has about 5 kB. */
const MAX_JSON_BYTES = 64 * 1024;
/** Bytes of a raw body that are kept. WeChat's notices are smaller than 4 kB. */
const MAX_RAW_BYTES = 64 * 1024;
/** Bytes of any body that are received before the response. A larger body is not read to its end. */
const MAX_RECEIVED_BYTES = 1024 * 1024;
/** Milliseconds in which the response can reach the client before a connection with an oversized body is closed. */
const CLOSE_DELAY_MS = 500;
/** Parameters of a query string. A filter with all of its fields has about ten. */
const MAX_QUERY_PARAMETERS = 100;

/** The body of a route outside the JSON API: the received bytes, up to the limit. */
export interface RawBody {
  bytes: Buffer;
  /** True if the body was larger than `MAX_RAW_BYTES`; `bytes` is only its beginning. */
  isTruncated: boolean;
}

/** Tells the URLs, as received, to which other rules apply. */
type UrlTest = (url: string) => boolean;

/**
 * One parser for all routes. Routes with `isRawUrl` receive the bytes regardless of the content type, because WeChat
 * must get its own response format even for a body that is huge or malformed. All other routes accept only JSON.
 */
export function installBodyParser(fastify: FastifyInstance, isRawUrl: UrlTest): void {
  fastify.removeAllContentTypeParsers();
  installReceiveLimit(fastify);
  // Fastify rejects an invalid content type before it calls any parser.
  fastify.addHook('onRequest', (request, _reply, next) => {
    if (isRawUrl(request.url)) request.headers['content-type'] = 'application/octet-stream';
    next();
  });
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const isRaw = isRawUrl(request.url);
    const body = await readUpTo(payload, isRaw ? MAX_RAW_BYTES : MAX_JSON_BYTES);
    if (isRaw) return body;
    if (body.isTruncated) throw new DomainError('PAYLOAD_TOO_LARGE');
    if (body.bytes.length === 0) return undefined; // wx.request sends a content type even without data
    if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new DomainError('UNSUPPORTED_MEDIA_TYPE');
    }
    return parseJson(body.bytes);
  });
}

/** Rejects a query string with thousands of parameters, because validation would process each of them. */
export function installQueryLimit(fastify: FastifyInstance, isRawUrl: UrlTest): void {
  fastify.addHook('onRequest', (request, _reply, next) => {
    const { url } = request;
    const isRefused = !isRawUrl(url) && url.split('&', MAX_QUERY_PARAMETERS + 1).length > MAX_QUERY_PARAMETERS;
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

/**
 * Keeps at most `limit` bytes and receives about `MAX_RECEIVED_BYTES`. The server's request timeout limits the time.
 */
async function readUpTo(payload: IncomingMessage, limit: number): Promise<RawBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the iterator early would destroy the stream and its connection before the response is sent.
  for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if (length < limit) chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_RECEIVED_BYTES) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), isTruncated: length > limit };
}

/**
 * Closes the connection of a request whose response is sent before its whole body has arrived. Node would otherwise
 * read the body to its end, however long it is, to find the next request.
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

/** Waits a moment before it closes the connection, because closing at once may discard the response. */
function destroyWhenOverLimit(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  const before = socket.bytesRead;
  response.once('finish', () => {
    if (request.complete || socket.bytesRead - before <= MAX_RECEIVED_BYTES) return;
    setTimeout(() => socket.destroy(), CLOSE_DELAY_MS).unref();
  });
}
