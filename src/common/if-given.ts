import { ValidateIf } from 'class-validator';

/**
 * A field that may be left out, but not sent as null. A client whose computation yields NaN sends null, and a refund of
 * `"amountFen": null` must never become a refund of everything. The library's `IsOptional` skips every check for null.
 */
export const IfGiven = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);
