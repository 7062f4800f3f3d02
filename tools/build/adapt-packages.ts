import type { Plugin } from 'rolldown';

/** A change of one file of a package, which the bundler alone would load a second time or in vain. */
interface Adaptation {
  file: string;
  find: RegExp | string;
  replacement: string;
}

/** Nest's packages load others by `createRequire`, which a bundler leaves alone. As a plain `require` it finds them. */
const STATIC_REQUIRE = ['mapped-types/dist/type-helpers.utils.js', 'typeorm/dist/common/typeorm-compat.js'].map(
  (file): Adaptation => ({
    file: `@nestjs/${file}`,
    find: 'const require = createRequire(import.meta.url);',
    replacement: '',
  }),
);

/** TypeORM loads the code of every database driver. This service supports SQLite and MySQL only: see database-url.ts. */
const TWO_DRIVERS: Adaptation = {
  file: 'typeorm/driver/DriverFactory.js',
  find: /require\("\.\/(?!better-sqlite3\/|mysql\/)[\w-]+\/\w+Driver"\)/g,
  replacement: '{}',
};

const ADAPTATIONS: readonly Adaptation[] = [...STATIC_REQUIRE, TWO_DRIVERS];

/** Applies the adaptations. The build fails when one no longer fits, as after an update of its package. */
export function adaptPackages(): Plugin {
  const applied = new Set<Adaptation>();
  return {
    name: 'adapt-packages',
    transform(code, id) {
      const adaptation = ADAPTATIONS.find(({ file }) => id.endsWith(`/node_modules/${file}`));
      if (!adaptation) return null;
      const adapted = code.replaceAll(adaptation.find, adaptation.replacement);
      if (adapted !== code) applied.add(adaptation);
      return { code: adapted, map: null };
    },
    buildEnd() {
      const missed = ADAPTATIONS.filter((each) => !applied.has(each)).map(({ file }) => file);
      if (missed.length > 0)
        throw new Error(
          `These files of packages have changed: ${missed.join(', ')}. Adapt tools/server-build/adapt-packages.ts.`,
        );
    },
  };
}
