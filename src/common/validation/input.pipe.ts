import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { DomainError, type FieldError } from '../problem/domain-error.js';

/** Fields that one error lists. */
const MAX_FIELD_ERRORS = 10;
/** Characters of a field's name or message that are returned. */
const MAX_ERROR_LENGTH = 200;

const SHARED_OPTIONS = {
  transform: true,
  whitelist: true,
  stopAtFirstError: true,
  exceptionFactory: toValidationError,
};

/**
 * Validates input by its DTO class. Checks the field names before the transformation, because the library takes quadratic
 * time for a value with thousands of fields. Rejects unknown fields of a body, because a misspelt field must not be ignored
 * where money is concerned. Drops unknown query parameters, because proxies and pages add their own.
 */
@Injectable()
export class InputPipe extends ValidationPipe {
  private readonly bodies = new ValidationPipe({ ...SHARED_OPTIONS, forbidNonWhitelisted: true });

  constructor() {
    super(SHARED_OPTIONS);
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'query')
      return super.transform(pickKnownFields(value, metadata), metadata) as Promise<unknown>;
    if (metadata.type !== 'body') return super.transform(value, metadata) as Promise<unknown>;
    if (metadata.metatype === undefined || metadata.metatype === Object) return value;
    if (Buffer.isBuffer(value)) throw new DomainError('UNSUPPORTED_MEDIA_TYPE');
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw validationFailed([{ field: 'body', message: 'body must be a JSON object' }]);
    }
    const known = validatedFieldsOf(metadata.metatype);
    const unknown = Object.keys(value ?? {}).filter((field) => !known.has(field));
    if (unknown.length > 0) {
      throw validationFailed(unknown.map((field) => ({ field, message: `property ${field} should not exist` })));
    }
    return this.bodies.transform(value, metadata) as Promise<unknown>;
  }
}

/**
 * A `VALIDATION_FAILED` error. Its English detail has the messages, its Chinese detail the names of the fields. Lists the
 * first `MAX_FIELD_ERRORS` fields, each once.
 */
export function validationFailed(fieldErrors: FieldError[]): DomainError {
  const errors = firstErrors(fieldErrors);
  const reason = errors.map((error) => error.message).join('; ');
  const fields = errors.map((error) => error.field).join('、');
  return new DomainError('VALIDATION_FAILED', { params: { reason, fields }, errors });
}

function firstErrors(errors: FieldError[]): FieldError[] {
  const first = new Map<string, FieldError>();
  for (const { field, message } of errors) {
    if (first.size === MAX_FIELD_ERRORS) break;
    // The caller chooses the names, so one can be as long as the whole body.
    const name = truncate(field);
    if (!first.has(name)) first.set(name, { field: name, message: truncate(message) });
  }
  return [...first.values()];
}

function truncate(text: string): string {
  return text.length <= MAX_ERROR_LENGTH ? text : `${text.slice(0, MAX_ERROR_LENGTH).toWellFormed()}…`;
}

const knownFields = new WeakMap<object, ReadonlySet<string>>();

/** The fields of a DTO class that have a validation rule; empty for other types. */
function validatedFieldsOf(metatype: ArgumentMetadata['metatype']): ReadonlySet<string> {
  if (metatype === undefined) return new Set();
  const known = knownFields.get(metatype);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(metatype, '', false, false);
  const fields = new Set(rules.map(({ propertyName }) => propertyName));
  knownFields.set(metatype, fields);
  return fields;
}

function pickKnownFields(value: unknown, { metatype }: ArgumentMetadata): unknown {
  const known = validatedFieldsOf(metatype);
  if (known.size === 0 || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([field]) => known.has(field)));
}

function toValidationError(errors: ValidationError[]): DomainError {
  return validationFailed(errors.flatMap((error) => flattenErrors(error)));
}

/** Flattens the tree to paths such as `items.0.quantity`, which a client can show beside its form fields. */
function flattenErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const own = constraintMessages(error).map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => flattenErrors(child, field))];
}

/** A missing field is named as missing: the message of one of its rules, such as its highest value, would not help. */
function constraintMessages({ constraints, property, value }: ValidationError): string[] {
  if (constraints === undefined) return [];
  return value === undefined ? [`${property} is required`] : Object.values(constraints);
}
