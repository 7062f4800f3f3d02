import type { components } from './server-schema.js';

export type Problem = components['schemas']['ProblemDto'];

/** A call that the service refused, or that failed after all repetitions. */
export class CheckoutError extends Error {
  override readonly name = 'CheckoutError';

  readonly status: number;
  readonly problem: Partial<Problem> | null;

  /**
   * @param status the HTTP status; 0 when the service did not respond.
   * @param problem null when the answer was no problem document, such as a proxy's page.
   */
  constructor(status: number, problem: Partial<Problem> | null, options?: ErrorOptions) {
    super(
      problem?.detail ?? (status === 0 ? 'wx-checkout did not respond' : `wx-checkout answered ${status}`),
      options,
    );
    this.status = status;
    this.problem = problem;
  }

  /** A stable code, such as `MERCHANT_ORDER_NO_TAKEN`. */
  get code(): string {
    return this.problem?.code ?? (this.status === 0 ? 'NO_RESPONSE' : `HTTP_${this.status}`);
  }

  /** The same call may succeed later: its outcome is unknown, or the service was busy. */
  get isRetryable(): boolean {
    return this.problem?.retryable ?? (this.status === 0 || this.status >= 500);
  }
}
