import { readFileSync } from 'node:fs';
import type { Settings } from '../config/settings.js';
import { MessageTemplates } from './message-templates.js';
import { readTemplates } from './read-templates.js';
import { SIMULATED_TEMPLATES } from './simulated-templates.js';

/**
 * Loads the templates of SUBSCRIBE_MESSAGES_FILE. Without that file it uses the simulated merchant's templates, or none in a
 * live shop.
 * @throws Error with one line for each mistake.
 */
export function loadTemplates({ SUBSCRIBE_MESSAGES_FILE: file, WECHAT_MODE }: Settings): MessageTemplates {
  if (file === undefined && WECHAT_MODE === 'live') return new MessageTemplates({});
  const { templates, errors } = readTemplates(file === undefined ? SIMULATED_TEMPLATES : readJson(file));
  if (errors.length > 0) throw startupError(errors);
  return templates;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, '')); // removes the byte order mark that some editors write
  } catch (error) {
    throw startupError([`must be a file with valid JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function startupError(errors: string[]): Error {
  const lines = errors.map((error) => `SUBSCRIBE_MESSAGES_FILE: ${error}`);
  return new Error(`Cannot start:\n  ${lines.join('\n  ')}`);
}
