/** What a call came to. The words of `SUCCESS` are the elements beside the envelope. */
export type CallResult =
  | { readonly kind: 'SUCCESS'; readonly fields: readonly (readonly [name: string, value: string])[] }
  | {
      readonly kind: 'FAIL';
      readonly errCode: string;
      readonly errCodeDes: string;
      /** Elements that should not be there, and have been seen. */
      readonly leftovers?: readonly (readonly [name: string, value: string])[];
    }
  /** return_code=FAIL: bare and unsigned. */
  | { readonly kind: 'REFUSED'; readonly returnMsg: string };

export function fail(errCode: string, errCodeDes: string): CallResult {
  return { kind: 'FAIL', errCode, errCodeDes };
}

/** In a word, for the journal. */
export function verdictOf(result: CallResult): string {
  if (result.kind === 'REFUSED') return result.returnMsg;
  return result.kind === 'FAIL' ? result.errCode : 'SUCCESS';
}
