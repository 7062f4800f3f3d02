import { ValidateIf } from 'class-validator';

/**
 * Marks a field that may be absent but not null. A client whose computation yields NaN sends null, and `"amountFen": null`
 * must never become a full refund. The library's `IsOptional` skips all checks for null.
 */
export const IfDefined = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);
