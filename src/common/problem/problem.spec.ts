import { describe, expect, it } from '@jest/globals';
import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { DomainError, amountLimitError } from './domain-error.js';
import { PROBLEMS, type ProblemCode } from './problem-catalog.js';
import { toDomainError, toProblem, retryAfterOf } from './problem.js';

const codes = Object.keys(PROBLEMS) as ProblemCode[];
const HAN = /\p{Script=Han}/u;
const SECRET = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

const placeholdersOf = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([place]) => place).sort();

describe('problem catalog', () => {
  it.each(codes)('%s has English and Chinese texts and a valid status', (code) => {
    const { title, detail, status } = PROBLEMS[code];
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title[0]).toMatch(/^[A-Z][\x20-\x7E]+$/);
    expect(title[1]).toMatch(HAN);
    expect(detail[0].trim()).not.toBe('');
    expect(detail[1]).toMatch(HAN);
  });

  // The English detail of VALIDATION_FAILED has all messages, the Chinese one only the names of the fields.
  it.each(codes.filter((code) => code !== 'VALIDATION_FAILED'))(
    '%s has the same placeholders in both languages',
    (code) => {
      const [english, chinese] = PROBLEMS[code].detail;
      expect(placeholdersOf(chinese)).toEqual(placeholdersOf(english));
    },
  );

  it.each(codes)('%s has Retry-After if its status is 429 or 503', (code) => {
    const { status, retryable } = PROBLEMS[code];
    const seconds = retryAfterOf(new DomainError(code));
    if (status === 429 || status === 503) {
      expect(seconds).toBeGreaterThan(0);
      expect(retryable).toBe(true);
    } else {
      expect(seconds).toBeUndefined();
    }
  });

  it('uses the Retry-After of the error if it has one', () => {
    expect(retryAfterOf(new DomainError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 900 }))).toBe(900);
  });
});

describe('problem catalog: amounts', () => {
  const amounts = { amountFen: 12_491_600, leftFen: 9_931_600, limitFen: 100_000_000 };

  it.each(codes)('%s shows yuan, never fen', (code) => {
    const { detail } = PROBLEMS[code];
    expect(detail.join(' ')).not.toMatch(/\bfen\b|\} 分(?!钟)/);
  });

  it.each(['en', 'zh-CN'])('are shown in yuan with two decimals and separators in %s', (language) => {
    const error = amountLimitError('REFUND_EXCEEDS_PAYMENT', amounts);
    const { detail, errors } = toProblem(error, 'request-1', language);
    expect(detail).toContain('¥124,916.00');
    expect(detail).toContain('¥99,316.00');
    expect(errors).toEqual([{ field: 'amountFen', message: 'amountFen must not be greater than 9931600' }]);
  });
});

describe('problem document', () => {
  const error = new DomainError('OUT_OF_STOCK', { params: { productId: 'P1', product: '茶' } });

  it('has all fields, and its placeholders are replaced', () => {
    expect(toProblem(error, 'request-1', undefined)).toEqual({
      type: 'urn:wx-checkout:problem:OUT_OF_STOCK',
      title: 'Out of stock',
      status: 409,
      code: 'OUT_OF_STOCK',
      detail: 'Not enough stock of "茶" (P1).',
      requestId: 'request-1',
      retryable: false,
    });
  });

  it.each([
    ['zh-CN', true],
    ['zh', true],
    ['zh-Hans-CN,zh;q=0.9,en;q=0.8', true],
    ['ZH-cn', true],
    ['en', false],
    ['en-US,zh;q=0.5', false],
    ['', false],
    [undefined, false],
    ['*', false],
    ['zhx', false],
  ])('is in Chinese if Accept-Language prefers it: %j', (acceptLanguage, isChinese) => {
    const { title, detail } = toProblem(error, 'r', acceptLanguage);
    expect(title === PROBLEMS.OUT_OF_STOCK.title[1]).toBe(isChinese);
    expect(detail.includes('库存不足')).toBe(isChinese);
  });

  it("contains WeChat's code and text and the fields, but never the cause", () => {
    const problem = toProblem(
      new DomainError('WECHAT_REJECTED', {
        upstream: { code: 'NOAUTH', message: '商户无此接口权限' },
        errors: [{ field: 'tradeType', message: 'no' }],
        cause: new Error(SECRET),
      }),
      'r',
      undefined,
    );
    expect(problem).toMatchObject({ upstreamCode: 'NOAUTH', upstreamMessage: '商户无此接口权限' });
    expect(problem.errors).toEqual([{ field: 'tradeType', message: 'no' }]);
    expect(JSON.stringify(problem)).not.toContain(SECRET);
  });

  it('does not replace a parameter value that looks like a placeholder', () => {
    const tricky = new DomainError('OUT_OF_STOCK', { params: { productId: 'P1', product: '{productId} $& $1' } });
    expect(toProblem(tricky, 'r', undefined).detail).toBe('Not enough stock of "{productId} $& $1" (P1).');
  });
});

describe('problem document: unexpected errors', () => {
  const withStatus = (statusCode: number): Error => Object.assign(new Error(`failed with ${SECRET}`), { statusCode });

  it.each<[string, unknown]>([
    ['an error', new Error(`SELECT ${SECRET}`)],
    ['a text', SECRET],
    ['nothing', undefined],
    ['null', null],
    ['an unknown object', { status: 200, message: SECRET }],
    ["a framework's 500", new HttpException(SECRET, 500)],
    ["a framework's teapot", new HttpException(SECRET, 418)],
    ["Fastify's 500", withStatus(500)],
    ['a status that is no number', Object.assign(new Error(SECRET), { statusCode: '404' })],
  ])('become INTERNAL without details: %s', (_what, thrown) => {
    const problem = toProblem(toDomainError(thrown), 'r', undefined);
    expect(problem).toMatchObject({ code: 'INTERNAL', status: 500, retryable: true });
    expect(JSON.stringify(problem)).not.toContain(SECRET);
    expect(JSON.stringify(problem)).not.toContain('stack');
  });

  it.each<[unknown, ProblemCode]>([
    [new BadRequestException(SECRET), 'VALIDATION_FAILED'],
    [new HttpException(SECRET, 401), 'UNAUTHENTICATED'],
    [new HttpException(SECRET, 403), 'FORBIDDEN'],
    [new NotFoundException(SECRET), 'NOT_FOUND'],
    [withStatus(413), 'PAYLOAD_TOO_LARGE'],
    [withStatus(415), 'UNSUPPORTED_MEDIA_TYPE'],
    [new HttpException(SECRET, 429), 'TOO_MANY_REQUESTS'],
    [new HttpException(SECRET, 503), 'SERVICE_UNAVAILABLE'],
  ])("use the framework's status, but not its text: %s", (thrown, code) => {
    const problem = toProblem(toDomainError(thrown), 'r', undefined);
    expect(problem.code).toBe(code);
    expect(JSON.stringify(problem)).not.toContain(SECRET);
  });

  it('keep the thrown value as the cause for the log', () => {
    const thrown = new Error('why');
    expect(toDomainError(thrown).context.cause).toBe(thrown);
    const error = new DomainError('ORDER_BUSY', { params: { orderNo: '1' } });
    expect(toDomainError(error)).toBe(error);
  });
});
