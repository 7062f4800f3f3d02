import type { Role } from '../../auth/session.js';
import type { Translations } from '../../i18n/zh.js';

/** The roles as options. Each role includes the permissions of the ones before it. */
export function roleOptions(t: Translations): { value: Role; label: string }[] {
  return (['VIEWER', 'OPERATOR', 'ADMIN'] as const).map((value) => ({ value, label: t.roles[value] }));
}
