import { Admin, ROLES, type Role } from './admin.entity.js';

/** The fields to change; undefined fields keep their values. */
export interface StaffChange {
  role?: Role | undefined;
  disabled?: boolean | undefined;
  passwordHash?: string | undefined;
  /** The hash of the token that stays valid after the change; null ends all sessions. */
  keptSessionHash: string | null;
}

/** Returns the changed account. A new password, a lower role and disabling end its sessions. */
export function applyStaffChange(before: Admin, { role, disabled, passwordHash, keptSessionHash }: StaffChange): Admin {
  const after = Object.assign(new Admin(), before, {
    role: role ?? before.role,
    isDisabled: disabled ?? before.isDisabled,
    passwordHash: passwordHash ?? before.passwordHash,
  });
  const isLowered = ROLES.indexOf(after.role) < ROLES.indexOf(before.role);
  const isDisabledNow = after.isDisabled && !before.isDisabled;
  if (!isLowered && !isDisabledNow && passwordHash === undefined) return after;
  return Object.assign(after, {
    sessionEpoch: before.sessionEpoch + 1,
    keptSessionHash: isDisabledNow ? null : keptSessionHash,
  });
}
