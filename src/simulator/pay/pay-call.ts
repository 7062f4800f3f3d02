import { PayCallName } from '../faults/fault.js';
import { CallResult } from './call-result.js';
import { SignedRequest } from './check-request.js';

/** The logic of one call. Envelope, signature and faults are handled elsewhere. */
export interface PayCall {
  readonly name: PayCallName;
  readonly path: string;
  /** Elements whose absence is refused before the signature is checked. */
  readonly required: readonly string[];
  /** Live responses of this call list their elements alphabetically. */
  readonly isAlphabetical?: boolean;
  /** Performs the call in one step. Only the response may have to wait. */
  perform(request: SignedRequest): CallResult | Promise<CallResult>;
}
