import { randomUUID } from 'node:crypto';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import { getRequestCaller } from '../common/request-caller.js';
import type { Settings } from '../config/settings.js';
import { redactUrl } from './redact-url.js';

/** An id that a caller may choose: harmless in a log line and in a header. */
const REQUEST_ID_PATTERN = /^[\w.:@/+=-]{1,128}$/;

/** What machines and the simulated phone ask every few seconds. */
const UNLOGGED_PATHS = new Set(['/healthz', '/readyz', '/metrics', '/phone/wechat/messages/live']);

/** What must never be read in a log. Bodies are not logged at all. */
const REDACTED_FIELDS = ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'];

/** Taken from `X-Request-Id` or made; it goes back in the same header and into every log line of the request. */
export function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && REQUEST_ID_PATTERN.test(given) ? given : randomUUID();
}

/** JSON lines in production, readable ones in development. */
export function logOptions(settings: Settings): Params {
  const isReadable = settings.NODE_ENV === 'development';
  return {
    forRoutes: [{ path: '/{*splat}', method: RequestMethod.ALL }],
    pinoHttp: {
      level: settings.LOG_LEVEL,
      redact: { paths: REDACTED_FIELDS, censor: '[redacted]' },
      serializers: {
        err: serializeError,
        req: ({ id, method, url, raw }: { id: string; method: string; url: string; raw: object }) => ({
          ...{ id, method, url: urlForLog(url), address: getRequestCaller(raw)?.address },
        }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      // Known at the end of the request, when a guard has let its caller in.
      customProps: (request) => {
        const user = getRequestCaller(request)?.user;
        return user === undefined ? {} : { user };
      },
      customSuccessMessage: (request, response, ms) =>
        `${request.method ?? ''} ${urlOf(request)} ${response.statusCode} in ${Math.round(ms)} ms`,
      customErrorMessage: (request, response) => `${request.method ?? ''} ${urlOf(request)} ${response.statusCode}`,
      customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
      autoLogging: { ignore: (request) => UNLOGGED_PATHS.has(request.url?.split('?')[0] ?? '') },
      ...(isReadable && {
        transport: {
          target: 'pino-pretty',
          options: {
            singleLine: true,
            ignore: 'pid,hostname,req,res,responseTime,context',
            messageFormat: '{if context}[{context}] {end}{msg}{if req.id} #{req.id}{end}',
          },
        },
      }),
    },
  };
}

function urlOf({ url = '' }: { url?: string | undefined }): string {
  return urlForLog(url);
}

/** A notice of 2014's protocol has its trade in the address: the journal keeps it, the log need not. */
function urlForLog(url: string): string {
  return redactUrl(url.startsWith('/wechat/notify/') ? (url.split('?')[0] ?? '') : url);
}

/** An error for the log: the database's own carry statements with their values, which may be anybody's. */
function serializeError(given: unknown): unknown {
  // pino-http hands on what pino has made of the error, with the error itself as `raw`.
  const error = typeof given === 'object' && given !== null && 'raw' in given ? given.raw : given;
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { type: name, message, code, stack, ...(cause !== undefined && { cause: serializeError(cause) }) };
}
