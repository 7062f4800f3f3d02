import { PayCallName } from '../faults/fault.js';
import { CallResult } from './call-result.js';
import { SignedRequest } from './check-request.js';

/** The business of one call: the envelope, the signature and all faults are somebody else's. */
export interface PayCall {
  readonly name: PayCallName;
  readonly path: string;
  /** Elements without which the message is refused before its signature is looked at. */
  readonly required: readonly string[];
  /** Live answers of this call list their elements by name. */
  readonly isAlphabetical?: boolean;
  /** Does what was asked, all of it in one step. Only the answer may have to wait for something. */
  perform(request: SignedRequest): CallResult | Promise<CallResult>;
}
