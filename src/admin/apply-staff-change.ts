import { Admin, ROLES, type Role } from './admin.entity.js';

/** What shall be different; undefined stays. */
export interface StaffChange {
  role?: Role | undefined;
  disabled?: boolean | undefined;
  passwordHash?: string | undefined;
  /** The hash of the token that outlives the change; null when all die. */
  keptSession: string | null;
}

/** The account as it is afterwards. A new password, a lower role and being disabled end its sessions. */
export function applyStaffChange(before: Admin, { role, disabled, passwordHash, keptSession }: StaffChange): Admin {
  const after = Object.assign(new Admin(), before, {
    role: role ?? before.role,
    isDisabled: disabled ?? before.isDisabled,
    passwordHash: passwordHash ?? before.passwordHash,
  });
  const isLowered = ROLES.indexOf(after.role) < ROLES.indexOf(before.role);
  const isShutOut = after.isDisabled && !before.isDisabled;
  if (!isLowered && !isShutOut && passwordHash === undefined) return after;
  return Object.assign(after, { sessionEpoch: before.sessionEpoch + 1, keptSession: isShutOut ? null : keptSession });
}
