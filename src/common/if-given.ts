import { ValidateIf } from 'class-validator';

/** For bodies that change something: a field may be left out, but null is a value like any other. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);
