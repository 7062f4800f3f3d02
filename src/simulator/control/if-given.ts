import { ValidateIf } from 'class-validator';

/** A field that may be left out, but not sent as null: the library's `IsOptional` skips every check for null. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);

/** The same for a field in which null has a meaning of its own. */
export const IfNotNull = (): PropertyDecorator =>
  ValidateIf((_body: unknown, value: unknown) => value !== undefined && value !== null);
