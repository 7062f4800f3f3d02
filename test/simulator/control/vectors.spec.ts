import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeededRandom } from '../../../packages/wechat-pay-simulator/src/random.js';
import { encryptReqInfo } from '../../../packages/wechat-pay-simulator/src/v2/wire/signer.js';
import { signatureOf, SignType, stringToSign } from '../../../packages/wechat-pay-simulator/src/v2/wire/signer.js';
import { readXml, XmlReadError } from '../../../packages/wechat-pay-simulator/src/v2/wire/xml-reader.js';
import { randomShape, writeXml } from '../../../packages/wechat-pay-simulator/src/v2/wire/xml-writer.js';
import { SIGNED_DOCUMENTS } from '../support/documents.js';
import { REFUND_NOTICE, REFUND_NOTICE_INNER, SIGNED_REFUND_DOCUMENTS } from '../support/refund-documents.js';
import { decryptRefundNotice, KEY } from '../support/signing.js';

/** `name=value&…` as printed in the documents. */
function fieldsOf(text: string): Map<string, string> {
  return new Map(text.split('&').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

describe('simulator vectors: signatures', () => {
  it.each<[string, string, SignType, string]>([
    [
      'appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA',
      '192006250b4c09247ec02edce69f6a2d',
      'MD5',
      '9A0A8659F005D6984697E2CA0A9CF3B7',
    ],
    [
      'appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA',
      '192006250b4c09247ec02edce69f6a2d',
      'HMAC-SHA256',
      '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6',
    ],
    [
      'appId=wxd678efh567hg6787&nonceStr=5K8264ILTKCH16CQ2502SI8ZNMTM67VS&package=prepay_id=wx2017033010242291fcfe0db70013231072&signType=MD5&timeStamp=1490840662',
      'qazwsxedcrfvtgbyhnujmikolp111111',
      'MD5',
      '22D9B4E54AB1950F51E0649E8810ACD6',
    ],
    [
      'appId=wx8888888888888888&nonceStr=Wd5kS0pQ7nB2xG9mC4vZ&package=prepay_id=wx20261121120003e1f2a3b4c5d6e7f80912&signType=MD5&timeStamp=1795233604',
      KEY,
      'MD5',
      '6F5A60E26FB571FCFE99C4B15EA1164F',
    ],
    [
      'appId=wx8888888888888888&nonceStr=Wd5kS0pQ7nB2xG9mC4vZ&package=prepay_id=wx20261121120003e1f2a3b4c5d6e7f80912&signType=HMAC-SHA256&timeStamp=1795233604',
      KEY,
      'HMAC-SHA256',
      '53B0C093614DD99F319EFEC21962858D81EEFC117BC59119796307DFF3A4B4FE',
    ],
  ])('match those of the documents: %s', (text, key, type, sign) => {
    expect(signatureOf(fieldsOf(text), key, type)).toBe(sign);
  });

  it.each([...SIGNED_DOCUMENTS, ...SIGNED_REFUND_DOCUMENTS].map((xml) => [xml]))('match the document %#', (xml) => {
    const fields = readXml(xml);
    const sign = fields.get('sign') ?? '';
    expect(signatureOf(fields, KEY, sign.length === 64 ? 'HMAC-SHA256' : 'MD5')).toBe(sign);
  });

  it('omit empty values, keep zeros, and sort by bytes', () => {
    const edge = SIGNED_DOCUMENTS.find((xml) => xml.includes('<Total>')) ?? '';
    expect(stringToSign(readXml(edge), KEY)).toBe(
      `Total=1&a=x=1&y=2&body=茶 & <杯>&new_field=x&nonce_str=Zz9aA1&sign_type=MD5&total_fee=0&key=${KEY}`,
    );
  });
});

describe('simulator vectors: the refund notice of the documents', () => {
  const reqInfo = readXml(REFUND_NOTICE).get('req_info') ?? '';

  it('is the exact result of encrypting its document', () => {
    const hash = createHash('sha256').update(REFUND_NOTICE_INNER).digest('hex');
    expect(hash).toBe('47802aaef296cc0b27ccc5f827c152a9966fc69b380e359685dcd9ef0f2a4e0d');
    expect(encryptReqInfo(REFUND_NOTICE_INNER, KEY)).toBe(reqInfo);
    expect(encryptReqInfo(REFUND_NOTICE_INNER, `${KEY.slice(0, -1)}1`)).not.toBe(reqInfo);
  });

  it('has the fields of the documents after decryption', () => {
    expect(decryptRefundNotice(reqInfo)).toBe(REFUND_NOTICE_INNER);
  });

  it('is written as the simulator writes its own: by name, each on its line, all in CDATA', () => {
    const shape = { cdata: 'all', isOneLine: false, isAlphabetical: true } as const;
    const shuffled = new Map([...readXml(REFUND_NOTICE_INNER)].reverse());
    expect(writeXml(shuffled, shape, 'root')).toBe(REFUND_NOTICE_INNER);
  });
});

describe('simulator vectors: XML', () => {
  it('is read back as written, in every format', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '7', '&', '<', '>', ']', '"', "'", ' ', '茶', '😀', '\n') });
    const fields = fc.dictionary(fc.stringMatching(/^[a-z][a-z_0-9]{0,9}$/), value);
    fc.assert(
      fc.property(fields, fc.nat(), (message, seed) => {
        const shape = randomShape(new SeededRandom(seed));
        expect(Object.fromEntries(readXml(writeXml(new Map(Object.entries(message)), shape)))).toEqual({ ...message });
      }),
    );
  });

  it.each([
    ['a document type', '<!DOCTYPE xml><xml><a>1</a></xml>'],
    ['a custom entity', '<!DOCTYPE xml [<!ENTITY b "c">]><xml><a>&b;</a></xml>'],
    ['an unknown entity', '<xml><a>&b;</a></xml>'],
    ['a bare ampersand', '<xml><a>b & c</a></xml>'],
    ['nesting', '<xml><a><b>1</b></a></xml>'],
    ['a repeated element', '<xml><a>1</a><a>2</a></xml>'],
    ['text between the elements', '<xml>x<a>1</a></xml>'],
    ['an unclosed element', '<xml><a>1</a>'],
    ['text after the root', '<xml><a>1</a></xml>x'],
    ['text that is not XML', 'return_code=SUCCESS'],
  ])('is refused with %s', (_what, xml) => {
    expect(() => readXml(xml)).toThrow(XmlReadError);
  });

  it('keeps white space and reads references, comments and empty elements', () => {
    const fields = readXml(
      '<?xml version="1.0"?>\n<xml><!-- c --><a> b&#32;&#x8336; </a><c/><d><![CDATA[]]></d></xml>\n',
    );
    expect(Object.fromEntries(fields)).toEqual({ a: ' b 茶 ', c: '', d: '' });
  });
});
