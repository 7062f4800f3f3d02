import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import secureJson from 'secure-json-parse';
import { DomainError } from './domain-error.js';
import { validationFailed } from './input.pipe.js';

/** Bytes that a JSON body may have. The largest honest one, an order of 50 lines, has some 5 kB. */
const JSON_LIMIT = 64 * 1024;
/** Arrays and objects within each other; an order has three. What walks a value step by step into it runs out of stack otherwise. */
const JSON_DEPTH = 32;
/** Bytes of a raw body that are read. WeChat's notices have less than 4 kB. */
export const RAW_LIMIT = 64 * 1024;

/** What a route outside the JSON API gets: the bytes as they came, up to the limit. */
export interface RawBody {
  bytes: Buffer;
  /** True when there was more than `RAW_LIMIT`; `bytes` is only the beginning then. */
  isCut: boolean;
}

/**
 * One parser for everything. Routes below `rawPrefix` get the bytes whatever they call themselves, because WeChat must
 * get its one kind of answer even to a body that is huge or no XML at all; all others take JSON alone.
 */
export function installBodyParser(fastify: FastifyInstance, rawPrefix: string): void {
  fastify.removeAllContentTypeParsers();
  // A content type that is none would be refused before any parser is asked.
  fastify.addHook('onRequest', (request, _reply, next) => {
    if (request.url.startsWith(rawPrefix)) request.headers['content-type'] = 'application/octet-stream';
    next();
  });
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (request.url.startsWith(rawPrefix)) return readUpTo(payload, RAW_LIMIT);
    const body = await readUpTo(payload, JSON_LIMIT);
    if (body.isCut) throw new DomainError('PAYLOAD_TOO_LARGE');
    if (body.bytes.length === 0) return undefined; // wx.request names a content type even without data
    if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new DomainError('UNSUPPORTED_MEDIA_TYPE');
    }
    return parseJson(body.bytes);
  });
}

function parseJson(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (depthOf(text) > JSON_DEPTH) throw new SyntaxError('too deep');
    return secureJson.parse(text) as unknown;
  } catch {
    throw validationFailed([{ field: 'body', message: 'body must be valid JSON' }]);
  }
}

/** How deep a JSON text goes, in one pass. Brackets within strings are skipped; of what is no JSON it may say anything. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}

/** Keeps no more than the limit, but reads to the end, since an answer can only follow a whole request. The server's request time-out bounds it. */
async function readUpTo(payload: IncomingMessage, limit: number): Promise<RawBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    if (length < limit) chunks.push(chunk);
    length += chunk.length;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), isCut: length > limit };
}
