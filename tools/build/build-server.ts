import { join } from 'node:path';
import { bundleServer } from './bundle.ts';
import { fingerprint, runIfChanged } from './fingerprint.ts';
import { fillCompileCache } from './fill-compile-cache.ts';
import { writePreparedFiles } from './prepared-files.ts';

const ROOT = join(import.meta.dirname, '../..');
const COMPILED = join(ROOT, 'dist');
const SIMULATOR = join(ROOT, 'packages/wechat-pay-simulator/dist');
const OUTPUT = join(COMPILED, 'server');

/** Part of `npm run build`, after the compiler. Does nothing when nothing has changed. */
async function main(): Promise<void> {
  const inputs = { folders: ['src', 'packages/wechat-pay-simulator/src', 'tools/build'], ignore: /\.spec\.ts$/ };
  const mark = fingerprint(ROOT, { ...inputs, files: ['package.json', 'package-lock.json', 'tsconfig.json'] });
  await runIfChanged(join(OUTPUT, 'server.stamp'), `${mark} ${process.version}`, async () => {
    await bundleServer(COMPILED, SIMULATOR, OUTPUT);
    await writePreparedFiles(COMPILED, SIMULATOR, OUTPUT);
    await fillCompileCache(OUTPUT);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
