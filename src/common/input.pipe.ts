import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError, type FieldError } from './domain-error.js';

const SHARED = { transform: true, whitelist: true, stopAtFirstError: true, exceptionFactory: refuse };

/**
 * Validates what comes in by its DTO class. Unknown fields of a body are refused, since a misspelt field must not be
 * ignored where money is meant; unknown query parameters are dropped, since proxies and pages add their own.
 */
@Injectable()
export class InputPipe extends ValidationPipe {
  private readonly bodies = new ValidationPipe({ ...SHARED, forbidNonWhitelisted: true });

  constructor() {
    super(SHARED);
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body') return super.transform(value, metadata) as Promise<unknown>;
    if (metadata.metatype === undefined || metadata.metatype === Object) return value;
    if (Buffer.isBuffer(value)) throw new DomainError('UNSUPPORTED_MEDIA_TYPE');
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw validationFailed([{ field: 'body', message: 'body must be a JSON object' }]);
    }
    // Names such as `toString`, which every object has, would be dropped in silence.
    const inherited = Object.keys(value ?? {}).filter((field) => field in Object.prototype);
    if (inherited.length > 0) {
      throw validationFailed(inherited.map((field) => ({ field, message: `property ${field} should not exist` })));
    }
    return this.bodies.transform(value, metadata) as Promise<unknown>;
  }
}

/** A refusal that says what is wrong: in English word by word, in Chinese by the names of the fields. */
export function validationFailed(errors: FieldError[]): DomainError {
  const reason = errors.map((error) => error.message).join('; ');
  const fields = [...new Set(errors.map((error) => error.field))].join('、');
  return new DomainError('VALIDATION_FAILED', { facts: { reason, fields }, errors });
}

function refuse(errors: ValidationError[]): DomainError {
  return validationFailed(errors.flatMap((error) => fieldErrors(error)));
}

/** `items.0.quantity` rather than a tree: what a client can show beside its form. */
function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}
