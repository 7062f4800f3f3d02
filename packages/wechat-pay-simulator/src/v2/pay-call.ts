import { PayCallName } from '../faults/fault.js';
import { SignedRequest } from './request-checker.js';

/** The result of a call. `fields` are the elements besides the envelope. */
export type CallResult =
  | { readonly kind: 'SUCCESS'; readonly fields: readonly (readonly [name: string, value: string])[] }
  | {
      readonly kind: 'FAIL';
      readonly errCode: string;
      readonly errCodeDes: string;
      /** Elements that do not belong into a failure but were observed there. */
      readonly extraFields?: readonly (readonly [name: string, value: string])[];
    }
  /** return_code=FAIL: bare and unsigned. Only bills have an error code. */
  | { readonly kind: 'REFUSED'; readonly returnMsg: string; readonly errorCode?: string }
  /** A file in place of a message. It is not signed. */
  | { readonly kind: 'FILE'; readonly bytes: Buffer; readonly isZipped: boolean };

export function fail(errCode: string, errCodeDes: string): CallResult {
  return { kind: 'FAIL', errCode, errCodeDes };
}

/** A short form for the exchange log. */
export function verdictOf(result: CallResult): string {
  if (result.kind === 'REFUSED') return result.returnMsg;
  return result.kind === 'FAIL' ? result.errCode : 'SUCCESS';
}

/** The logic of one call. Envelope, signature and faults are handled elsewhere. */
export interface PayCall {
  readonly name: PayCallName;
  readonly path: string;
  /** Elements whose absence is refused before the signature is checked. */
  readonly required: readonly string[];
  /** Live responses of this call list their elements alphabetically. */
  readonly isAlphabetical?: boolean;
  /** How this call reports what every call checks first, such as a wrong signature. Default: with the given text. */
  refusedByCheck?(returnMsg: string): CallResult;
  /** How this call reports a failure that a fault asks for. Default: result_code FAIL. */
  failed?(errCode: string, text: string | undefined): CallResult;
  /** Performs the call in one step. Only the response may have to wait. */
  perform(request: SignedRequest): CallResult | Promise<CallResult>;
}
