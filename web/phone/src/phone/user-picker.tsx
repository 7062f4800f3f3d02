import type { ReactElement } from 'react';
import { useChangeNotifier } from '../change-notifier.ts';
import { type Language, t, formatYuan } from '../i18n.ts';
import { DEMO_USERS } from './demo-users.ts';
import type { Phone } from './phone.ts';

/** Switches between the users of the phone. */
export function UserPicker({ phone, language }: { phone: Phone; language: Language }): ReactElement {
  useChangeNotifier(phone);
  return (
    <div className="people" role="group" aria-label={t(['谁在用手机', 'Phone user'], language)}>
      {DEMO_USERS.map((user) => (
        <button
          key={user.openid}
          type="button"
          aria-pressed={user.openid === phone.user.openid}
          onClick={() => {
            phone.switchUser(user);
            if (phone.program === null) phone.openProgram();
          }}
        >
          {user.name}
          {user.balanceFen !== undefined && (
            <small>
              {' '}
              {t([`零钱 ¥${formatYuan(user.balanceFen)}`, `balance ¥${formatYuan(user.balanceFen)}`], language)}
            </small>
          )}
        </button>
      ))}
    </div>
  );
}
