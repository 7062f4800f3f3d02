import { FaultEndpoint } from '../faults/fault.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A request that passed authentication and the checks of its body. */
export interface V3Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The parts of the path that the route names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** `{}` for a request without a body. */
  readonly body: JsonObject;
  /** `Wechatpay-Serial` of the request. */
  readonly keyId: string | undefined;
  /** Who signed the request. */
  readonly mchId: string;
  /** Scheme and host by which the request came. */
  readonly origin: string;
}

/** Where a parameter error is, and the value there. Source: WeChat Pay v3, errors. */
export interface ParameterDetail {
  readonly location: 'body' | 'query' | 'uri_template';
  readonly value: unknown;
}

export interface V3Refusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly detail?: object;
  /** The numeric reason at the end of the `Request-ID`. */
  readonly reason?: number;
}

export type V3Result =
  | { readonly kind: 'done'; readonly body?: JsonObject }
  /** A file in place of JSON. It is not signed. */
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly isZipped: boolean }
  | V3Refusal;

export function refuse(status: number, code: string, message: string, reason?: number): V3Refusal {
  return { kind: 'refused', status, code, message, ...(reason !== undefined && { reason }) };
}

export function parameterError(message: string, detail?: ParameterDetail, reason?: number): V3Refusal {
  return { ...refuse(400, 'PARAM_ERROR', message, reason), ...(detail !== undefined && { detail }) };
}

/** `Wechatpay-Serial` names no key of WeChat, or is missing although the call needs it. */
export const WRONG_KEY_ID = parameterError('平台证书序列号Wechatpay-Serial错误');

/** The logic of one call. Authentication, faults and the signature of the answer are handled elsewhere. */
export interface V3Call {
  /** The endpoint name of its faults, which the calls of v2 for the same operation share. */
  readonly endpoint: FaultEndpoint;
  readonly method: 'GET' | 'POST';
  /** `{name}` stands for one segment. */
  readonly path: string;
  /** Its refusals carry no signature either. Default: every answer is signed. */
  readonly isUnsigned?: true;
  /** The call itself refuses other merchants. Default: their requests are refused before it. */
  readonly isOpenToOtherMerchants?: true;
  /** Checks the request before the business rules; undefined when it is valid. */
  validate(request: V3Request): V3Refusal | undefined;
  /** Performs the call in one step. Only the answer may have to wait. */
  perform(request: V3Request): V3Result | Promise<V3Result>;
}
