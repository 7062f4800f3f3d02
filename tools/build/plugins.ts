import { readFile } from 'node:fs/promises';
import type { ExistingRawSourceMap, Plugin } from 'rolldown';

const ENTRY = 'bundle-entry:';

/** The name of the entry of a program, for the bundler. */
export const entryOf = (program: string): string => ENTRY + program;

/**
 * A program begins with a few lines that switch on V8's cache of compiled code and the source maps, before they load the program itself.
 * @param modules the module of each program
 */
export function programEntries(modules: Record<string, string>): Plugin {
  return {
    name: 'program-entries',
    resolveId: (id) => (id.startsWith(ENTRY) ? id : null),
    load(id) {
      const file = id.startsWith(ENTRY) ? modules[id.slice(ENTRY.length)] : undefined;
      if (file === undefined) return null;
      return [
        "import { enableCompileCache, setSourceMapsSupport } from 'node:module';",
        "import { join } from 'node:path';",
        "process.env.NODE_COMPILE_CACHE_PORTABLE ??= '1'; // so that the folder may be copied elsewhere",
        "enableCompileCache(join(import.meta.dirname, 'compile-cache'));",
        'setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });',
        `await import(${JSON.stringify(file)});`,
      ].join('\n');
    },
  };
}

/** Passes on the compiler's source maps, so that the map of the bundle leads to the TypeScript sources. */
export function compilerMaps(folders: string[]): Plugin {
  return {
    name: 'compiler-maps',
    async load(id) {
      if (!folders.some((folder) => id.startsWith(`${folder}/`)) || !id.endsWith('.js')) return null;
      const [code, map] = await Promise.all([readFile(id, 'utf8'), readFile(`${id}.map`, 'utf8')]);
      return { code, map: JSON.parse(map) as ExistingRawSourceMap };
    },
  };
}

/** Finds the modules that a start always loads: those that these modules import, directly or indirectly, by static imports. */
export function staticModules(roots: string[], found: Set<string>): Plugin {
  return {
    name: 'static-modules',
    buildEnd() {
      const open = [...roots];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (found.has(id)) continue;
        found.add(id);
        open.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
  };
}
