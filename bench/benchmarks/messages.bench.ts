import { compareWorks, ratioOf, requireCompared, versionOf, type Work } from '../support/contestants.ts';
import { MERCHANT, ROOT } from '../support/settings.ts';
import { noticeOf } from '../support/seed-orders.ts';
import { median, type Figure } from '../support/figures.ts';
import { readMessage } from '../notices/wechat-message.ts';

const ROUNDS = { warmUp: 3, measured: 15, messagesPerRound: 1000 };

type Fields = Record<string, string>;
// The parts that are used here, because the libraries are installed at the first run only, and the service is imported as built.
interface OurSignatures {
  sign: (fields: Fields, key: string, signType: 'MD5') => string;
  isSigned: (fields: Fields, key: string) => boolean;
}
interface OurXml {
  buildXml: (fields: Fields) => string;
  parseXml: (text: string) => Fields;
}
type TenpayConstructor = new (options: { appid: string; mchid: string; partnerKey: string }) => {
  _getSign: (fields: Fields, signType: 'MD5') => string;
};
interface TenpayXml {
  buildXML: (fields: Fields) => string;
  parseXML: (text: string) => Promise<Fields>;
}
interface WechatpayAxiosPlugin {
  Hash: {
    sign: (signType: 'MD5', fields: Fields, key: string) => string;
    equals: (one: string, other: string | undefined) => boolean;
  };
  Transformer: { toXml: (fields: Fields) => string; toObject: (text: string) => Fields };
}

/**
 * Signs, writes, parses and verifies one message with MD5 and seventeen fields, with the service's functions and with two
 * libraries. Each does its usual work, so the work differs slightly: tenpay parses asynchronously and trims values;
 * wechatpay-axios-plugin rejects less; both use their own code to sign and compare.
 */
export async function benchMessages(): Promise<Figure[]> {
  const fields = readMessage(noticeOf('M', 1));
  delete fields['sign'];
  const works = [await ourWork(fields), tenpayWork(fields), pluginWork(fields)];
  const [ours = [], tenpay = [], plugin = []] = await compareWorks(works, ROUNDS);
  return [
    { name: 'One message, ours ÷ tenpay', value: ratioOf(ours, tenpay), unit: '', below: 1 },
    { name: 'One message, ours ÷ wechatpay-axios-plugin', value: ratioOf(ours, plugin), unit: '', below: 1 },
    { name: '  ours', value: median(ours), unit: 'µs' },
    { name: `  tenpay ${versionOf('tenpay')}`, value: median(tenpay), unit: 'µs' },
    { name: `  wechatpay-axios-plugin ${versionOf('wechatpay-axios-plugin')}`, value: median(plugin), unit: 'µs' },
  ];
}

async function ourWork(fields: Fields): Promise<Work> {
  const { isSigned, sign } = (await import(`${ROOT}dist/src/wechat/pay/v2/signature.js`)) as OurSignatures;
  const { buildXml, parseXml } = (await import(`${ROOT}dist/src/wechat/xml.js`)) as OurXml;
  return () => {
    const text = buildXml({ ...fields, sign: sign(fields, MERCHANT.key, 'MD5') });
    return isSigned(parseXml(text), MERCHANT.key);
  };
}

function tenpayWork(fields: Fields): Work {
  const Tenpay = requireCompared('tenpay') as TenpayConstructor;
  const { buildXML, parseXML } = requireCompared('tenpay/lib/util') as TenpayXml;
  const client = new Tenpay({ appid: MERCHANT.appid, mchid: MERCHANT.mchId, partnerKey: MERCHANT.key });
  return async () => {
    const text = buildXML({ ...fields, sign: client._getSign(fields, 'MD5') });
    const answer = await parseXML(text);
    return answer['sign'] === client._getSign(answer, 'MD5');
  };
}

function pluginWork(fields: Fields): Work {
  const { Hash, Transformer } = requireCompared('wechatpay-axios-plugin') as WechatpayAxiosPlugin;
  return () => {
    const text = Transformer.toXml({ ...fields, sign: Hash.sign('MD5', fields, MERCHANT.key) });
    const answer = Transformer.toObject(text);
    return Hash.equals(Hash.sign('MD5', answer, MERCHANT.key), answer['sign']);
  };
}
