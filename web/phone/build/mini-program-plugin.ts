import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import { compileWxml } from './wxml-compiler.ts';
import { compileWxss } from './wxss.ts';

const PROGRAM_MODULE = 'virtual:mini-program';
const STYLES_MODULE = 'virtual:mini-program.css';

/**
 * Vite plugin that makes a native mini-program importable: its JavaScript unchanged, each file in a function that provides
 * WeChat's globals; its WXML as render functions, its WXSS as CSS, its JSON as objects.
 * @param folder the folder of app.json
 */
export function miniProgram(folder: string): Plugin {
  return {
    name: 'mini-program',
    resolveId: (id) => (id === PROGRAM_MODULE || id === STYLES_MODULE ? `\0${id}` : null),
    async load(id) {
      if (id !== `\0${PROGRAM_MODULE}` && id !== `\0${STYLES_MODULE}`) return null;
      const files = await filesOf(folder);
      for (const file of files) this.addWatchFile(join(folder, file));
      return id === `\0${PROGRAM_MODULE}` ? programOf(folder, files) : stylesOf(folder);
    },
  };
}

async function programOf(folder: string, files: readonly string[]): Promise<string> {
  const app = await jsonOf(folder, 'app.json');
  const scripts = files.filter((file) => file.endsWith('.js'));
  const modules = await Promise.all(scripts.map((file) => moduleOf(folder, file)));
  const pages = await Promise.all(pagesOf(app).map((route) => pageOf(folder, route)));
  return [
    `import '${STYLES_MODULE}';`,
    `export const app = ${JSON.stringify(app)};`,
    `export const modules = {\n${modules.join(',\n')}\n};`,
    `export const pages = {\n${pages.join(',\n')}\n};`,
  ].join('\n');
}

async function moduleOf(folder: string, file: string): Promise<string> {
  const source = await readFile(join(folder, file), 'utf8');
  return `${JSON.stringify(file)}: (wx, App, Page, getApp, require, module) => {\n${source}\n}`;
}

async function pageOf(folder: string, route: string): Promise<string> {
  const wxml = await readFile(join(folder, `${route}.wxml`), 'utf8');
  const config = await jsonOf(folder, `${route}.json`);
  return `${JSON.stringify(route)}: { config: ${JSON.stringify(config)}, draw: ${compileWxml(wxml, `${route}.wxml`)} }`;
}

async function stylesOf(folder: string): Promise<string> {
  const app = await jsonOf(folder, 'app.json');
  const sheets = [
    { file: 'app.wxss', scope: '.wx-page' },
    ...pagesOf(app).map((route) => ({ file: `${route}.wxss`, scope: `.wx-page[data-route='${route}']` })),
  ].filter(({ file }) => existsSync(join(folder, file)));
  const css = await Promise.all(
    sheets.map(async ({ file, scope }) => compileWxss(await readFile(join(folder, file), 'utf8'), scope)),
  );
  return css.join('\n');
}

const pagesOf = (app: Record<string, unknown>): string[] => app['pages'] as string[];

async function jsonOf(folder: string, file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, file), 'utf8')) as Record<string, unknown>;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
