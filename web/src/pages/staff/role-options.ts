import type { Role } from '../../auth/session.js';
import type { Translations } from '../../i18n/zh.js';

/** The roles to choose from, each may do what stands before it. */
export function roleOptions(words: Translations): { value: Role; label: string }[] {
  return (['VIEWER', 'OPERATOR', 'ADMIN'] as const).map((value) => ({ value, label: words.roles[value] }));
}
