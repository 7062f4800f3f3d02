import { yuan } from '../../money.js';

/** One field of the audit log as text; nothing for what is not there. Amounts have `Fen` in their names, not only at the end. */
export function fieldText(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (/Fen(?![a-z])/.test(name) && typeof value === 'number') return yuan(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
