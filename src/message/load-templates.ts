import { readFileSync } from 'node:fs';
import type { Settings } from '../config/settings.js';
import { MessageTemplates } from './message-templates.js';
import { readTemplates } from './read-templates.js';
import { SIMULATED_TEMPLATES } from './simulated-templates.js';

/**
 * The templates of SUBSCRIBE_MESSAGES_FILE; without it, those of the simulator's merchant, or none in a live shop.
 * @throws Error with one line for each mistake.
 */
export function loadTemplates({ SUBSCRIBE_MESSAGES_FILE: file, WECHAT_MODE }: Settings): MessageTemplates {
  if (file === undefined && WECHAT_MODE === 'live') return new MessageTemplates({});
  const { templates, complaints } = readTemplates(file === undefined ? SIMULATED_TEMPLATES : readJson(file));
  if (complaints.length > 0) throw startupError(complaints);
  return templates;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, '')); // as some editors begin a file
  } catch (error) {
    throw startupError([`must be a file with JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function startupError(complaints: string[]): Error {
  const lines = complaints.map((complaint) => `SUBSCRIBE_MESSAGES_FILE: ${complaint}`);
  return new Error(`Cannot start:\n  ${lines.join('\n  ')}`);
}
