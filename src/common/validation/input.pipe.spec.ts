import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ArgumentMetadata } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, Min, ValidateNested } from 'class-validator';
import { DomainError } from '../problem/domain-error.js';
import { IfDefined } from '../if-defined.js';
import { InputPipe } from './input.pipe.js';

class TestItem {
  @Max(9)
  @IsInt()
  @Min(1)
  readonly quantity!: number;
}

class TestBody {
  @ValidateNested({ each: true })
  @Type(() => TestItem)
  readonly items!: TestItem[];

  @IfDefined()
  @IsString()
  readonly remark?: string;
}

const pipe = new InputPipe();
const transformBody = (
  type: ArgumentMetadata['type'],
  value: unknown,
  metatype: ArgumentMetadata['metatype'] = TestBody,
): Promise<unknown> => pipe.transform(value, { type, metatype });

async function refusalOf(type: ArgumentMetadata['type'], value: unknown): Promise<DomainError> {
  const outcome: unknown = await transformBody(type, value).catch((error: unknown) => error);
  if (!(outcome instanceof DomainError)) throw new Error(`It was taken: ${JSON.stringify(outcome)}`);
  return outcome;
}

const VALID_BODY = { items: [{ quantity: 2 }] };

describe('input: a body', () => {
  it('is transformed to its DTO class', async () => {
    const body = await transformBody('body', { ...VALID_BODY, remark: 'less sugar' });
    expect(body).toBeInstanceOf(TestBody);
    expect(body).toMatchObject({ ...VALID_BODY, remark: 'less sugar' });
  });

  it.each([
    [{ ...VALID_BODY, remak: 'typo' }, 'remak'],
    [{ items: [{ quantity: 1, priceFen: 1 }] }, 'items.0.priceFen'],
    [{ ...VALID_BODY, constructor: 'x' }, 'constructor'],
    [{ ...VALID_BODY, toString: 'x' }, 'toString'],
  ])('with an unknown field is rejected, and the error names the field: %j', async (body, field) => {
    const { code, context } = await refusalOf('body', body);
    expect(code).toBe('VALIDATION_FAILED');
    expect(context.errors?.map((error) => error.field)).toContain(field);
  });

  it.each([
    [{ items: [{ quantity: 0 }] }, 'items.0.quantity'],
    [{ items: [{ quantity: 1 }, { quantity: '2' }] }, 'items.1.quantity'],
    [{ items: [{ quantity: 1.5 }] }, 'items.0.quantity'],
    [{ ...VALID_BODY, remark: 5 }, 'remark'],
  ])('with an invalid field is rejected, and the error names the field: %j', async (body, field) => {
    const { context } = await refusalOf('body', body);
    expect(context.errors).toEqual([{ field, message: expect.stringContaining(field.split('.').at(-1) ?? '') }]);
  });

  it.each([[{ items: [{}] }, 'items.0.quantity', 'quantity']])(
    'without a required field is rejected, and the error says that it is missing: %j',
    async (body, field, name) => {
      const { context } = await refusalOf('body', body);
      expect(context.errors).toEqual([{ field, message: `${name} is required` }]);
    },
  );

  it.each([[[]], [[VALID_BODY]], ['text'], [''], [5], [true], [null]])(
    'that is not an object is rejected: %j',
    async (body) => {
      const { context } = await refusalOf('body', body);
      expect(context.errors).toEqual([{ field: 'body', message: 'body must be a JSON object' }]);
    },
  );

  it('of raw bytes is rejected as an unsupported media type', async () => {
    expect(await refusalOf('body', Buffer.from('{}'))).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  it('of a route without a DTO class is not changed', async () => {
    const raw = { bytes: Buffer.from('<xml/>'), isTruncated: false };
    expect(await transformBody('body', raw, Object)).toBe(raw);
    expect(await pipe.transform(raw, { type: 'body' })).toBe(raw);
  });
});

describe('input: a query', () => {
  class Filter {
    @IfDefined()
    @IsString()
    readonly status?: string;
  }

  it('drops unknown parameters, because pages and proxies add their own', async () => {
    expect({ ...((await transformBody('query', { status: 'PAID', utm_source: 'x' }, Filter)) as object) }).toEqual({
      status: 'PAID',
    });
  });

  it('with an invalid parameter is rejected', async () => {
    await expect(transformBody('query', { status: ['PAID', 'CLOSED'] }, Filter)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});
