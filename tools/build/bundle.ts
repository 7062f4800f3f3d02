import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { adaptPackages } from './adapt-packages.ts';
import { licencesOf } from './licences.ts';
import { compilerMaps, entryOf, programEntries, staticModules } from './plugins.ts';

/** Packages with native code, or whose worker threads look for their own files. */
const EXTERNAL = /^(better-sqlite3|@node-rs\/argon2|pino|pino-pretty|thread-stream)(\/|$)/;
const IN_PACKAGE = /[\\/]node_modules[\\/]/;

/** The programs, each with its module below the compiled sources. */
const PROGRAMS = { main: 'src/main.js', verify: 'src/verify/main.js' };

/**
 * Writes the service, with all packages that it needs at every start, to a few files in `output`: a start then reads 10 files
 * instead of 4,000. Code that is loaded on demand gets files of its own. Our own code has a source map, so that stack traces name our
 * sources; a frame in a package names its function and the line of the bundle.
 * @param compiled the output folder of the compiler
 * @param simulator the folder of the compiled simulator
 */
export async function bundleServer(compiled: string, simulator: string, output: string): Promise<void> {
  await rm(output, { recursive: true, force: true });
  const modules = Object.fromEntries(Object.entries(PROGRAMS).map(([name, file]) => [name, join(compiled, file)]));
  const alwaysLoaded = new Set<string>();
  const isOurs = (id: string) => id.startsWith(join(compiled, 'src/')) && !Object.values(modules).includes(id);
  const bundler = await rolldown({
    input: Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, entryOf(name)])),
    platform: 'node',
    external: EXTERNAL,
    plugins: [
      programEntries(modules),
      compilerMaps([compiled, simulator]),
      adaptPackages(),
      staticModules(Object.values(modules), alwaysLoaded),
    ],
    onLog(level, log, report) {
      if (log.code !== 'UNRESOLVED_IMPORT') report(level, log); // optional packages that are not installed
    },
  });
  const { output: files } = await bundler.write({
    dir: output,
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name].js',
    comments: { legal: true, annotation: false, jsdoc: false },
    keepNames: true, // migrations, and the schemas of the API, are known by the names of their classes
    sourcemap: true,
    sourcemapExcludeSources: true,
    codeSplitting: {
      groups: [
        { name: 'packages', test: (id) => IN_PACKAGE.test(id) && alwaysLoaded.has(id), priority: 2 },
        { name: 'service', test: isOurs, priority: 1 },
      ],
    },
  });
  await bundler.close();
  const chunks = files.filter((file) => file.type === 'chunk');
  const ids = chunks.flatMap(({ moduleIds }) => moduleIds);
  for (const { fileName, moduleIds } of chunks) {
    if (moduleIds.every((id) => IN_PACKAGE.test(id))) await finishPackages(join(output, fileName));
  }
  await writeFile(join(output, 'THIRD-PARTY-LICENSES.txt'), await licencesOf(ids.filter((id) => IN_PACKAGE.test(id))));
}

/**
 * A file of packages only: without a source map, which would take 100 MB of memory as soon as an error is logged, and with escapes
 * instead of characters outside ASCII, because V8 keeps a text with any such character in two bytes per character.
 */
async function finishPackages(file: string): Promise<void> {
  const code = await readFile(file, 'utf8');
  await writeFile(file, escapeNonAscii(code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')));
  await rm(`${file}.map`, { force: true });
}

/** Valid in strings, regular expressions and names. @throws if such a character follows a backslash, where an escape would change the text */
function escapeNonAscii(code: string): string {
  return code.replaceAll(/(\\*)([^\0-\x7f])/g, (_, backslashes: string, character: string) => {
    if (backslashes.length % 2 === 1) throw new Error(`A package contains a backslash before ${character}.`);
    return `${backslashes}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
