import { readFile } from 'node:fs/promises';
import { repositoryFiles } from './repository-files.js';

/** The cells of every table row from the heading to the next one of its level, without padding and without the first row. */
export async function tableRows(page: string, heading?: string): Promise<string[][]> {
  const text = await readFile(page, 'utf8');
  const section = heading === undefined ? text : sectionOf(text, heading);
  return section
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| -+/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .slice(1);
}

/** The first code block below the heading whose first line is this one. */
export function codeBlock(text: string, firstLine: string): string {
  const [, block = ''] = text.split(`\n${firstLine}\n`);
  return block.split('\n```')[0] ?? '';
}

/** The text in backticks, or the cell unchanged. */
export function stripBackticks(cell = ''): string {
  return /^`([^`]*)`$/.exec(cell)?.[1] ?? cell;
}

function sectionOf(text: string, heading: string): string {
  const [, rest = ''] = text.split(`\n${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}

/** The paths of all Markdown pages under a folder. */
export function markdownPages(folder = '.'): string[] {
  return repositoryFiles(folder).filter((name) => name.endsWith('.md'));
}

/** The text of a page without its code blocks. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '');
}
