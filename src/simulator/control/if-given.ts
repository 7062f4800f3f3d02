import { ValidateIf } from 'class-validator';

/** An optional field that does not accept null: `IsOptional` of the library skips all checks for null. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);

/** The same for a field that accepts null. */
export const IfNotNull = (): PropertyDecorator =>
  ValidateIf((_body: unknown, value: unknown) => value !== undefined && value !== null);
