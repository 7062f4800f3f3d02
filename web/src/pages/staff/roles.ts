import type { Role } from '../../auth/session.js';
import type { Words } from '../../words/zh.js';

/** The roles to choose from, each may do what stands before it. */
export function roleOptions(words: Words): { value: Role; label: string }[] {
  return (['VIEWER', 'OPERATOR', 'ADMIN'] as const).map((value) => ({ value, label: words.roles[value] }));
}
