import type { ReactElement } from 'react';
import { useChangeNotifier } from '../change-notifier.ts';
import { type Language, t, formatYuan } from '../i18n.ts';
import { DEMO_USERS } from './demo-users.ts';
import type { Phone } from './phone.ts';

/** Switches between the users of the phone. */
export function PeoplePicker({ phone, language }: { phone: Phone; language: Language }): ReactElement {
  useChangeNotifier(phone);
  return (
    <div className="people" role="group" aria-label={t(['谁在用手机', 'Phone user'], language)}>
      {DEMO_USERS.map((person) => (
        <button
          key={person.openid}
          type="button"
          aria-pressed={person.openid === phone.person.openid}
          onClick={() => {
            phone.switchPerson(person);
            if (phone.program === null) phone.openProgram();
          }}
        >
          {person.name}
          {person.balanceFen !== undefined && (
            <small>
              {' '}
              {t([`零钱 ¥${formatYuan(person.balanceFen)}`, `balance ¥${formatYuan(person.balanceFen)}`], language)}
            </small>
          )}
        </button>
      ))}
    </div>
  );
}
