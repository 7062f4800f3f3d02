import { join } from 'node:path';
import { build } from 'vite';
import { writeApiTypes } from './api-types.js';
import { compressAll } from './compress.js';
import { firstLoadBytes } from './first-load.js';
import { fingerprint, runIfChanged } from '../../tools/build/fingerprint.ts';

const ROOT = join(import.meta.dirname, '../..');
const OUTPUT_FOLDER = join(ROOT, 'dist/web');
/** Bytes after gzip. Staff may use a mobile connection. */
const FIRST_LOAD_LIMIT = 400 * 1024;

/** Sources that all pages share. */
const SHARED_SOURCES = {
  folders: ['web/src', 'web/build'],
  files: ['package-lock.json', 'tsconfig.json', 'web/vite.shared.ts'],
};

/** The pages, each with its Vite configuration and the sources of its build. */
const PAGES = [
  {
    name: 'console',
    config: 'web/vite.config.ts',
    folders: [],
    files: ['web/index.html', 'web/vite.config.ts', 'src/payment/event-log/event-texts.ts'],
  },
  { name: 'phone', config: 'web/phone/vite.config.ts', folders: ['web/phone', 'examples'], files: [] },
];

/** Part of `npm run build`, after the service is compiled. Skips each step whose sources have not changed. */
async function main() {
  const apis = fingerprint(ROOT, {
    folders: ['src', 'packages'],
    files: ['package-lock.json', 'web/build/api-types.js'],
    ignore: /\.spec\.ts$/,
  });
  await runIfChanged(join(OUTPUT_FOLDER, 'api.stamp'), apis, () => writeApiTypes(ROOT));
  for (const { name, config, folders, files } of PAGES) {
    const sources = { folders: [...SHARED_SOURCES.folders, ...folders], files: [...SHARED_SOURCES.files, ...files] };
    const mark = fingerprint(ROOT, { ...sources, ignore: /\.spec\.tsx?$/ });
    await runIfChanged(join(OUTPUT_FOLDER, name, 'page.stamp'), mark, () => buildPage(name, config));
  }
}

async function buildPage(name, config) {
  await build({ configFile: join(ROOT, config), logLevel: 'warn' });
  const folder = join(OUTPUT_FOLDER, name);
  const bytes = firstLoadBytes(folder);
  if (bytes > FIRST_LOAD_LIMIT) {
    throw new Error(
      `The first load of ${name} is ${kilobytes(bytes)} kB after gzip. The limit is ${kilobytes(FIRST_LOAD_LIMIT)} kB.`,
    );
  }
  await compressAll(join(folder, 'assets'));
  process.stdout.write(`${name}: first load ${kilobytes(bytes)} kB after gzip\n`);
}

const kilobytes = (bytes) => Math.ceil(bytes / 1024);

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
