import type forge from 'node-forge';

/**
 * Why a P12 file cannot be used: the end of a sentence that begins with the variable's name. Quotes no content of the file.
 */
export class P12Error extends Error {
  override readonly name = 'P12Error';
}

/** All PEM. The certificates are in the order of the file. */
export interface UnpackedP12 {
  certificates: string[];
  key: string;
}

/**
 * Extracts certificate and key from a P12 file. WeChat's files are encrypted with 40-bit RC2, which Node's OpenSSL rejects.
 * So a library does it, loaded only for a shop with such a file.
 * @throws P12Error
 */
export async function unpackP12(file: Buffer, password: string): Promise<UnpackedP12> {
  const { default: library } = await import('node-forge');
  const p12 = decryptP12(library, file, password);
  const bags = (type: string | undefined): forge.pkcs12.Bag[] =>
    type === undefined ? [] : (p12.getBags({ bagType: type })[type] ?? []);
  const { certBag, keyBag, pkcs8ShroudedKeyBag } = library.pki.oids;
  const certificates = bags(certBag).flatMap(({ cert }) => (cert ? [library.pki.certificateToPem(cert)] : []));
  const [key] = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)].flatMap((bag) => (bag.key ? [bag.key] : []));
  if (certificates.length === 0 || !key) throw new P12Error('must contain an RSA certificate together with its key');
  return { certificates, key: library.pki.privateKeyToPem(key) };
}

function decryptP12(library: typeof forge, file: Buffer, password: string): forge.pkcs12.Pkcs12Pfx {
  let content: forge.asn1.Asn1;
  try {
    content = library.asn1.fromDer(file.toString('latin1'), false);
  } catch {
    throw new P12Error('must be a P12 file, such as apiclient_cert.p12');
  }
  try {
    return library.pkcs12.pkcs12FromAsn1(content, false, password);
  } catch (error) {
    const isPassword = error instanceof Error && /password|MAC/i.test(error.message);
    throw new P12Error(
      isPassword
        ? 'must be a complete P12 file whose password is the merchant number in WECHAT_MCH_ID'
        : 'must be a complete P12 file with a supported encryption',
    );
  }
}
