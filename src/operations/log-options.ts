import { randomUUID } from 'node:crypto';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import { getRequestCaller } from '../common/http/request-caller.js';
import type { Settings } from '../config/settings.js';
import { isNoticeUrl } from '../wechat/notice-path.js';
import { redactUrl } from './redact-url.js';

/** A request id from a caller that is safe in a log line and in a header. */
const REQUEST_ID_PATTERN = /^[\w.:@/+=-]{1,128}$/;

/** Paths that are polled every few seconds. */
const UNLOGGED_PATHS = new Set(['/healthz', '/readyz', '/metrics', '/phone/wechat/messages/live']);

/** Fields that must not appear in the log. Bodies are never logged. */
const REDACTED_FIELDS = ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'];

/** Taken from `X-Request-Id` or generated. It is returned in the same header and logged with every line of the request. */
export function requestIdOf(value: string | string[] | undefined): string {
  return typeof value === 'string' && REQUEST_ID_PATTERN.test(value) ? value : randomUUID();
}

/** JSON lines, or readable lines in development. */
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
          id,
          method,
          url: urlForLog(url),
          address: getRequestCaller(raw)?.address,
        }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      // Available at the end of the request, after a guard has authenticated the caller.
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

/** Notices of the 2014 app protocol carry the payment in the query string, which is stored in the event log instead. */
function urlForLog(url: string): string {
  return redactUrl(isNoticeUrl(url) ? (url.split('?')[0] ?? '') : url);
}

/** Serializes an error without other fields: database errors contain statements with personal data. */
function serializeError(value: unknown): unknown {
  // pino-http passes pino's serialized error, with the original error as `raw`.
  const error = typeof value === 'object' && value !== null && 'raw' in value ? value.raw : value;
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { type: name, message, code, stack, ...(cause !== undefined && { cause: serializeError(cause) }) };
}
