import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withinCpuTime } from '../../test/support/within-cpu-time.js';
import { MESSAGES, messageText } from '../../test/vectors/v2/vectors.js';
import type { Fields } from './pay/v2/signature.js';
import { buildXml, parseXml, MAX_XML_BYTES, XmlError } from './xml.js';

/** Milliseconds that parsing may take: a notice must get its response within five seconds, among hundreds of others. */
const MAX_MS = 500;

/** The fields, or null when the message was rejected. Any error except XmlError fails the test. */
function read(message: Buffer | string): Fields | null {
  try {
    return parseXml(message);
  } catch (error) {
    expect(error).toBeInstanceOf(XmlError);
    return null;
  }
}

describe('parseXml: documented message', () => {
  it.each(MESSAGES)('is read completely, every value as text: $name ($source)', ({ name }) => {
    const text = messageText(name);
    const fields = parseXml(text);
    expect(Object.keys(fields)).toHaveLength(text.match(/<\/\w+>/g)?.filter((end) => end !== '</xml>').length ?? 0);
    for (const value of Object.values(fields)) expect(typeof value).toBe('string');
    expect(parseXml(Buffer.from(text))).toEqual(fields);
  });

  it('keeps a number of 28 digits, which no JavaScript number can', () => {
    expect(parseXml(messageText('payment-notice'))['transaction_id']).toBe('4200002910202611211234567890');
  });

  it('keeps & and = of a CDATA, JSON exactly, and empty elements', () => {
    expect(parseXml(messageText('edge-cases'))).toMatchObject({ a: 'x=1&y=2', attach: '', body: '茶 & <杯>' });
    expect(parseXml(messageText('unifiedorder-native-request'))['detail']).toBe(
      '{"cost_price":2600,"receipt_id":"R42","goods_detail":[{"goods_id":"pen-01","goods_name":"签字笔 \\"黑\\" <0.5>","quantity":2,"price":1300}]}',
    );
    expect(parseXml(messageText('orderquery-notpay-answer'))['device_info']).toBe('');
  });
});

describe('parseXml: message that WeChat may send', () => {
  it.each([
    ['with an XML declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<xml><a>1</a></xml>', { a: '1' }],
    ['with a byte order mark', '\uFEFF<xml><a>1</a></xml>', { a: '1' }],
    ['with white space around', '\n <xml>\r\n\t<a>1</a>\n</xml>\n', { a: '1' }],
    ['with inner white space, which is signed', '<xml><a>  x y\n</a><b> </b></xml>', { a: '  x y\n', b: ' ' }],
    ['with white space in a CDATA', '<xml><a><![CDATA[ x ]]></a></xml>', { a: ' x ' }],
    ['with text and CDATA in one value', '<xml><a>x<![CDATA[<y>]]>z</a></xml>', { a: 'x<y>z' }],
    ['with the five entities', '<xml><a>&lt;&gt;&amp;&quot;&apos;</a></xml>', { a: '<>&"\'' }],
    ['with character references', '<xml><a>&#33590;&#x676F;&#x1F375;</a></xml>', { a: '茶杯🍵' }],
    [
      'with text that looks like markup in a CDATA',
      '<xml><a><![CDATA[<!DOCTYPE x>]]></a></xml>',
      { a: '<!DOCTYPE x>' },
    ],
    ['with an entity name in a CDATA', '<xml><a><![CDATA[&nbsp;]]></a></xml>', { a: '&nbsp;' }],
    ['with a self-closing element', '<xml><a/></xml>', { a: '' }],
    ['without any field', '<xml></xml>', {}],
    ['as a self-closing root', '<xml/>', {}],
  ])('is read %s', (_what, message, fields) => {
    expect({ ...parseXml(message) }).toEqual(fields);
  });
});

describe('parseXml: field named like an object property', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('is rejected: %s', (name) => {
    expect(() => parseXml(`<xml><${name}>1</${name}></xml>`)).toThrow(XmlError);
    expect(() => parseXml(`<xml><${name}><polluted>1</polluted></${name}></xml>`)).toThrow(XmlError);
    expect(() => parseXml(`<${name}><polluted>1</polluted></${name}>`)).toThrow(XmlError);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is not found where the message does not have it', () => {
    expect(parseXml('<xml><a>1</a></xml>').constructor).toBeUndefined();
    expect(parseXml('<xml><a>1</a></xml>')['__proto__']).toBeUndefined();
  });
});

const BOMB = `<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, level) => `<!ENTITY a${level + 1} "${`&a${level || ''};`.repeat(10)}">`).join('')}]>`;

describe('parseXml: message that WeChat never sends', () => {
  it.each([
    ['empty', ''],
    ['white space', ' \n'],
    ['plain text', 'success'],
    ['JSON', '{"return_code":"SUCCESS"}'],
    ['an HTML page', '<!DOCTYPE html><html><body>502</body></html>'],
    ['a page without a doctype', '<html><body>502</body></html>'],
    ['with a DOCTYPE', '<!DOCTYPE xml><xml><a>1</a></xml>'],
    ['with a doctype in small letters', '<!doctype xml><xml><a>1</a></xml>'],
    ['with an external entity', '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><a>&f;</a></xml>'],
    ['with an external DTD', '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml><a>1</a></xml>'],
    ['with a parameter entity', '<!DOCTYPE xml [<!ENTITY % p SYSTEM "http://127.0.0.1/p">%p;]><xml><a>1</a></xml>'],
    ['with an entity bomb', `${BOMB}<xml><a>&a9;</a></xml>`],
    ['with a DOCTYPE hidden by a false CDATA', '<?p <![CDATA[ ?><!DOCTYPE xml [<!ENTITY e "x">]><xml><a>]]></a></xml>'],
    [
      'with a DOCTYPE hidden by a false CDATA in the declaration',
      '<?xml <![CDATA[ ?><!DOCTYPE xml [<!ENTITY e "x">]><?a ]]> ?><xml><a>1</a></xml>',
    ],
    ['with an entity broken by a CDATA', '<xml><a>&<![CDATA[x]]>lt;</a></xml>'],
    ['with a custom entity', '<xml><a>&own;</a></xml>'],
    ['with an HTML entity', '<xml><a>&nbsp;&copy;</a></xml>'],
    ['with an entity named like an object property', '<xml><a>&constructor;&toString;</a></xml>'],
    ['with a bare ampersand', '<xml><a>x&y</a></xml>'],
    ['with a comment', '<xml><!-- a --><a>1</a></xml>'],
    ['with a processing instruction in front', '<?php exit; ?><xml><a>1</a></xml>'],
    ['with a processing instruction in the middle', '<xml><?php exit; ?><a>1</a></xml>'],
    ['with a processing instruction in a value', '<xml><a>1<?x y?>2</a></xml>'],
    ['with a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><xml><a>1</a></xml>'],
    ['with a duplicate field', '<xml><total_fee>1</total_fee><total_fee>2</total_fee></xml>'],
    ['with a duplicate field, once empty', '<xml><a></a><a>2</a></xml>'],
    ['with a nested field', '<xml><a><b>1</b></a></xml>'],
    ['with an additional end tag', '<xml><a>1</a></xml></xml>'],
    ['with a self-closing root and more', '<xml/><a></xml>'],
    ['with a root in the root', '<xml><xml>1</xml><a><xml/></a></xml>'],
    ['with an attribute', '<xml><a b="1">2</a></xml>'],
    ['with an attribute of the root', '<xml b="1"><a>2</a></xml>'],
    ['with text between the fields', '<xml>x<a>1</a></xml>'],
    ['with a CDATA between two fields', '<xml><a>1</a><![CDATA[x]]><b>2</b></xml>'],
    ['with an element that is never closed', '<xml><c><_></c></xml>'],
    ['with text between the fields in a CDATA', '<xml><![CDATA[x]]><a>1</a></xml>'],
    ['with text only', '<xml>SUCCESS</xml>'],
    ['with another root', '<root><a>1</a></root>'],
    ['with the root in upper case', '<XML><a>1</a></XML>'],
    ['with several roots', '<xml><a>1</a></xml><xml><b>2</b></xml>'],
    ['with several roots and white space in the tags', '<xml ><a>1</a></xml ><xml ><b>2</b></xml>'],
    ['with another element after the root', '<xml><a>1</a></xml><b>2</b>'],
    ['with text after the root', '<xml><a>1</a></xml>x'],
    ['with text before the root', 'x<xml><a>1</a></xml>'],
    ['truncated in a name', '<xml><a>1</a><b'],
    ['truncated in a value', '<xml><a>1'],
    ['truncated in a CDATA', '<xml><a><![CDATA[1'],
    ['truncated before the end', '<xml><a>1</a>'],
    ['with mismatched end tags', '<xml><a>1</b></xml>'],
    ['with an unquoted attribute', '<xml><a b=1>2</a></xml>'],
    ['with a NUL', '<xml><a>1\0</a></xml>'],
    ['with a NUL by reference', '<xml><a>1&#0;</a></xml>'],
    ['with a control character', '<xml><a>\u0008</a></xml>'],
    ['with half a character by reference', '<xml><a>&#xD83C;</a></xml>'],
    ['with a character beyond Unicode', '<xml><a>&#x110000;</a></xml>'],
    ['with a non-character', '<xml><a>\uFFFE</a></xml>'],
  ])('is rejected: %s', (_what, message) => {
    expect(() => parseXml(message)).toThrow(XmlError);
    expect(() => parseXml(Buffer.from(message))).toThrow(XmlError);
  });

  it.each([
    ['GBK', Buffer.concat([Buffer.from('<xml><a>'), Buffer.from([0xb2, 0xe2, 0xca, 0xd4]), Buffer.from('</a></xml>')])],
    ['UTF-16', Buffer.from('<xml><a>1</a></xml>', 'utf16le')],
    ['an overlong NUL', Buffer.concat([Buffer.from('<xml><a>'), Buffer.from([0xc0, 0x80]), Buffer.from('</a></xml>')])],
    ['UTF-8 cut within a character', Buffer.from('<xml><a>茶</a></xml>').subarray(0, 10)],
    ['a gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
  ])('is rejected when it is not UTF-8: %s', (_what, bytes) => {
    expect(() => parseXml(bytes)).toThrow(XmlError);
  });

  it('is rejected above the limit of bytes, and read at the limit', () => {
    const message = (size: number): string => `<xml><a>${'x'.repeat(size - 18)}</a></xml>`;
    const fits = message(MAX_XML_BYTES);
    expect(Buffer.byteLength(fits)).toBe(MAX_XML_BYTES);
    expect(parseXml(fits)['a']).toHaveLength(MAX_XML_BYTES - 18);
    expect(() => parseXml(message(MAX_XML_BYTES + 1))).toThrow(XmlError);
    expect(() => parseXml(Buffer.from(message(MAX_XML_BYTES + 1)))).toThrow(XmlError);
    expect(() => parseXml(Buffer.from(`<xml><a>${'茶'.repeat(MAX_XML_BYTES / 3)}</a></xml>`))).toThrow(XmlError);
  });

  it.each([
    ['with end tags', (name: string) => `<${name}></${name}>`],
    ['self-closing', (name: string) => `<${name}/>`],
  ])('is rejected with thousands of elements, written %s', (_how, element) => {
    const message = (count: number): string =>
      `<xml>${Array.from({ length: count }, (_, index) => element(`e${index.toString(36)}`)).join('')}</xml>`;
    expect(Object.keys(parseXml(message(1900)))).toHaveLength(1900);
    expect(message(2100).length).toBeLessThan(MAX_XML_BYTES);
    expect(() => parseXml(message(2100))).toThrow(XmlError);
  });

  it.each([
    ['unterminated CDATAs', '<![CDATA['.repeat(7000)],
    ['unterminated CDATAs in a message', `<xml><a>${'<![CDATA['.repeat(7000)}</a></xml>`],
    ['unterminated tags', '<'.repeat(60_000)],
    ['unclosed elements', '<a>'.repeat(20_000)],
    ['nested elements', `<xml>${'<a>'.repeat(9_000)}${'</a>'.repeat(9_000)}</xml>`],
    ['the same field repeated', `<xml>${'<a/>'.repeat(15_000)}</xml>`],
    ['ampersands', `<xml><a>${'&'.repeat(60_000)}</a></xml>`],
    ['references', `<xml><a>${'&#38;'.repeat(12_000)}</a></xml>`],
    ['brackets', `<xml><a>${']'.repeat(60_000)}</a></xml>`],
    ['CDATA ends', `<xml><a><![CDATA[${']]'.repeat(30_000)}]]></a></xml>`],
    ['white space', `<xml>${' '.repeat(60_000)}`],
    ['a declaration full of white space', `<?xml${' '.repeat(60_000)}`],
    ['attributes', `<xml><a ${'b="" '.repeat(12_000)}/></xml>`],
  ])('is processed in linear time when made of %s', (_what, message) => {
    expect(() => withinCpuTime(MAX_MS, () => read(message))).not.toThrow();
  });

  it('is rejected with an error that does not quote its content', () => {
    expect(() => parseXml('<xml><a>secret</a><a>secret</a></xml>')).toThrow(/^(?!.*secret)/);
    expect(() => parseXml('<xml><secret>')).toThrow(/^(?!.*secret)/);
  });
});

/** The characters of XML 1.0: no control characters except tab and line ends, no lone surrogates. */
const CHARACTER = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const texts = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('<', '>', '&', ']', '[', '!', '"', "'", ' ', '\n', '\t', ';', 'amp', '茶', '🍵'),
    }),
    fc.constantFrom('', ' ', ']]>', '<![CDATA[x]]>', '&amp;', '&#38;', '</xml>', '<!DOCTYPE x>', '0', 'true', 'null'),
  )
  .filter((text) => CHARACTER.test(text));
const fieldNames = fc
  .oneof(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,20}$/), fc.constantFrom('sign', '_a', 'xmls', 'coupon_id_0'))
  .filter((name) => !(name in {}) && name !== 'xml');
const flatMessages = fc.array(fc.tuple(fieldNames, texts), { maxLength: 25 }).map((entries) => new Map(entries));

describe('buildXml', () => {
  it('writes what parseXml reads back exactly', () => {
    fc.assert(
      fc.property(flatMessages, (message) => {
        const written = buildXml(Object.fromEntries(message));
        expect(new Map(Object.entries(parseXml(written)))).toEqual(message);
        expect(new Map(Object.entries(parseXml(Buffer.from(written))))).toEqual(message);
      }),
      { numRuns: 300 },
    );
  });
});

describe('parseXml: arbitrary input', () => {
  const isFlat = (fields: Fields | null): boolean =>
    fields === null || Object.values(fields).every((value) => typeof value === 'string' && CHARACTER.test(value));

  it('returns a flat list of texts or throws XmlError for any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    fc.assert(fc.property(bytes, (input) => isFlat(read(Buffer.from(input)))));
  });

  it('returns a flat list of texts or throws XmlError for documented messages with edits', () => {
    const originals = MESSAGES.map(({ name }) => messageText(name));
    const pieces = fc.constantFrom(
      ...[
        '<',
        '>',
        '&',
        '/',
        '<!',
        '<?',
        '?>',
        ']]>',
        '<![CDATA[',
        '<!--',
        '-->',
        '<!DOCTYPE x [',
        '<a>',
        '</a>',
        '<a/>',
      ],
      ...[
        '</xml>',
        '<xml>',
        '&#0;',
        '&#x1;',
        '&lt;',
        '&nbsp;',
        '\0',
        '\u{1F375}',
        '<__proto__>',
        '</__proto__>',
        ' b="1"',
        '_',
      ],
    );
    const edits = fc.array(fc.record({ at: fc.nat(1500), cut: fc.nat(30), piece: pieces }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.constantFrom(...originals), edits, (original, changes) => {
        let text = original;
        for (const { at, cut, piece } of changes) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + piece + text.slice(place + cut);
        }
        return isFlat(read(text)) && isFlat(read(Buffer.from(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('returns a flat list of texts or throws XmlError for random markup', () => {
    const tokens = fc.constantFrom(
      ...[
        '<xml>',
        '</xml>',
        '<a>',
        '</a>',
        '<b/>',
        '<![CDATA[',
        ']]>',
        '<?x ',
        '?>',
        '<!DOCTYPE xml [',
        '<!ENTITY e "x">',
      ],
      ...[']>', '&e;', '&amp;', 'text', ' ', '<!--', '-->', '<xml a="', '">', '\0'],
    );
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 12 }), (parts) => {
        const fields = read(parts.join(''));
        return isFlat(fields);
      }),
      { numRuns: 3000 },
    );
  });

  it('never defines an entity or runs an instruction, wherever it is hidden', () => {
    const tokens = fc.constantFrom(
      '<![CDATA[',
      ']]>',
      '<?x ',
      '<?xml ',
      '?>',
      '<!--',
      '-->',
      '<a>',
      '</a>',
      '<a b="',
      '">',
      ' ',
    );
    const hidden = fc.constantFrom('<!DOCTYPE xml [<!ENTITY e "x">]>', '<?php x ?>');
    const sides = fc.tuple(fc.array(tokens, { maxLength: 4 }), fc.array(tokens, { maxLength: 4 }));
    fc.assert(
      fc.property(sides, hidden, fc.boolean(), ([left, right], secret, isInside) => {
        const [open, close] = isInside ? ['<xml>', ''] : ['', '<xml>'];
        const fields = read(`${open}${left.join('')}${secret}${close}${right.join('')}</xml>`);
        // Only a CDATA may contain it, and then it arrives completely as text.
        return fields === null || Object.values(fields).some((value) => value.includes(secret));
      }),
      { numRuns: 3000 },
    );
  });
});
