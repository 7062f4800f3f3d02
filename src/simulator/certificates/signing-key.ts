import { constants, privateEncrypt } from 'node:crypto';
import forge from 'node-forge';
import { KeyPair } from './key-pair.js';

/** DER of `DigestInfo` up to the hash; it states that the hash is SHA-256. Source: RFC 8017, 9.2. */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** A key for forge that signs with Node's RSA: forge's own arithmetic would add one second to each start. */
export function signingKey({ privateKey }: KeyPair): forge.pki.rsa.PrivateKey {
  const key = forge.pki.privateKeyFromPem(privateKey);
  key.sign = (hash: forge.md.MessageDigest) => {
    const info = Buffer.concat([SHA256_INFO, Buffer.from(hash.digest().getBytes(), 'binary')]);
    return privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, info).toString('binary');
  };
  return key;
}
