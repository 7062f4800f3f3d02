import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(js|css|svg|html)$/;
/** Of 11: the last two take ten times as long for the last two per cent. */
const BROTLI_QUALITY = 9;

/** Lays a compressed twin beside each text, `.gz` and `.br`, for the service to send instead. */
export async function compressAll(folder) {
  const texts = readdirSync(folder).filter((name) => COMPRESSIBLE.test(name));
  await Promise.all(
    texts.map(async (name) => {
      const content = readFileSync(join(folder, name));
      const options = { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } };
      writeFileSync(join(folder, `${name}.gz`), await promisify(gzip)(content));
      writeFileSync(join(folder, `${name}.br`), await promisify(brotliCompress)(content, options));
    }),
  );
}
