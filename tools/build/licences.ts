import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

interface PackageJson {
  name: string;
  version: string;
  license?: string;
}

/**
 * The names, versions and licence texts of the packages that these modules belong to, because their licences demand that copies of the code
 * carry them.
 */
export async function licencesOf(moduleIds: string[]): Promise<string> {
  const folders = [...new Set(moduleIds.map(packageFolder))].sort();
  const sections = await Promise.all(folders.map(licenceOf));
  return sections.join(`\n${'-'.repeat(80)}\n\n`);
}

function packageFolder(moduleId: string): string {
  const [folder] = /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(moduleId) ?? [];
  if (folder === undefined) throw new Error(`${moduleId} belongs to no package.`);
  return folder;
}

async function licenceOf(folder: string): Promise<string> {
  const {
    name,
    version,
    license = 'no licence stated',
  } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageJson;
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file) && !file.endsWith('.js')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n') + '\n';
}
