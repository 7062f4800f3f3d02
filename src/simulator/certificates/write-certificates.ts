import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Certificates } from './simulator-certificates.js';

/** Writes the merchant's certificate files under the names that the merchant platform uses. */
export async function writeCertificates(folder: string, { ca, merchant }: Certificates): Promise<void> {
  await mkdir(folder, { recursive: true });
  const key = join(folder, 'apiclient_key.pem');
  const p12 = join(folder, 'apiclient_cert.p12');
  await writeFile(join(folder, 'ca.pem'), ca);
  await writeFile(join(folder, 'apiclient_cert.pem'), merchant.cert);
  await writeFile(key, merchant.key, { mode: 0o600 });
  await writeFile(p12, merchant.p12, { mode: 0o600 });
  for (const secret of [key, p12]) await chmod(secret, 0o600); // `mode` has no effect on a file that existed before
}
