import type { Certificates } from '../tools/client/simulator-client.ts';
import type { Merchant } from './client.ts';

/** The simulator's default merchant, with the certificates and keys that the simulator has generated. */
export function merchantWith({ merchant: issued, v3 }: Certificates): Merchant {
  return {
    appid: 'wx8888888888888888',
    mchId: '1900000109',
    apiKey: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    apiV3Key: v3.api_v3_key,
    wechatPublicKey: v3.public_key,
    wechatPublicKeyId: v3.public_key_id,
    certificate: issued.cert,
    certificateSerial: issued.serial,
    privateKey: issued.key,
    p12: Buffer.from(issued.p12, 'base64'),
  };
}
