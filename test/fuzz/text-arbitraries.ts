import fc from 'fast-check';

/** Texts that are known to cause errors. */
const EDGE_CASE_TEXTS = [
  ...['', ' ', '\0', 'a\0b', '\ud800', '\udfff\ud800', '\ufeff', '\u202e', '💥'.repeat(50), 'é'.normalize('NFD')],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'true', '[object Object]'],
  ...['-1', '0', '1e308', '1e999', '9007199254740993', '0x10', '1.5', '１２', '-0', String(2n ** 64n)],
  ...["' OR 1=1 --", '%', '_', '\\', '\\0', '${7*7}', '../../etc/passwd', '%00', '%ff', '%zz', '<script>', ']]>'],
  ...[
    '2026-02-30T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '+275760-09-13T00:00:00.000Z',
    '0000-00-00',
    'a'.repeat(5000),
  ],
];

export const anyText = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...EDGE_CASE_TEXTS) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
    { weight: 1, arbitrary: fc.string({ maxLength: 300 }) },
  );

const anyNumber = (): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(0, -0, -1, 1, 1.5, 1e21, 1e308, Number.MAX_SAFE_INTEGER + 2, 2 ** 31, 2 ** 32, 2 ** 63, 99_999_999),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );

/** Any JSON value. */
export const anyJson = (): fc.Arbitrary<unknown> =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      anyText(),
      anyNumber(),
      fc.constantFrom(null, true, false),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(anyText(), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

/**
 * JSON texts that no value produces: nested too deeply, too large numbers, duplicate keys, keys that change prototypes.
 */
export const anyRawJson = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      ...[
        '',
        '{',
        '[',
        'nul',
        '"\\ud800"',
        '{"a":1,"a":2}',
        '{"__proto__":{"isAdmin":true}}',
        '1e9999',
        '\ufeff{}',
        '{}{}',
      ],
      ...['{"constructor":{"prototype":{"x":1}}}', '"\\u0000"', '[1e400]', '{"code":"\\u0000"}', '{"amountFen":1e999}'],
      ...['['.repeat(20_000), `${'['.repeat(5000)}${']'.repeat(5000)}`, `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
      ...[
        `{"a":"${'x'.repeat(70_000)}"}`,
        '"\\'.repeat(30_000),
        `{"items":[${'{},'.repeat(3000)}{}]}`,
        '9'.repeat(60_000),
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 200 }),
    anyJson().map((value) => JSON.stringify(value)),
  );
