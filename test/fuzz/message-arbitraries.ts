import fc from 'fast-check';
import { toXml } from '../simulator/support/signing.js';
import { anyText } from './text-arbitraries.js';

/** Bytes of a valid message with some of them changed, removed or repeated. */
export const mutatedMessage = (message: string): fc.Arbitrary<Buffer> =>
  fc
    .array(fc.tuple(fc.nat(message.length), fc.nat(20), fc.uint8Array({ maxLength: 20 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) =>
      changes.reduce(
        (bytes, [at, length, more]) => Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at + length)]),
        Buffer.from(message),
      ),
    );

/** Any body that could be sent as a message: any bytes, nesting, size and character set. */
export const anyMessage = (): fc.Arbitrary<string | Buffer> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
    fc.nat(20_000).map((depth) => `<xml>${'<a>'.repeat(depth)}`),
    fc.nat(3000).map((many) => `<xml>${'<a></a>'.repeat(many)}</xml>`),
    fc.nat(200_000).map((length) => `<xml><a>${'x'.repeat(length)}</a></xml>`),
    fc.nat(9000).map((many) => `<xml><a>${'<![CDATA['.repeat(many)}</a></xml>`),
    fc.nat(9000).map((many) => `<xml><a>${'&#38;'.repeat(many)}</a></xml>`),
    anyText().map((text) => toXml({ return_code: 'SUCCESS', return_msg: text })),
    anyText().map((text) => Buffer.from(toXml({ return_code: text }), 'utf16le')),
    anyText().map((text) =>
      Buffer.from(`<?xml version="1.0" encoding="GBK"?>${toXml({ return_code: text })}`, 'latin1'),
    ),
    anyText().map((name) => `<xml><${name}>1</${name}></xml>`),
    fc.constant('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><a>&b;</a></xml>'),
  );
