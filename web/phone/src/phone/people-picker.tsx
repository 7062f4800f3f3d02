import type { ReactElement } from 'react';
import { useChanges } from '../observable.ts';
import { type Language, say, yuan } from '../words.ts';
import { PEOPLE } from './people.ts';
import type { Phone } from './phone.ts';

/** Who holds the phone. */
export function PeoplePicker({ phone, language }: { phone: Phone; language: Language }): ReactElement {
  useChanges(phone);
  return (
    <div className="people" role="group" aria-label={say(['谁在用手机', 'Who holds the phone'], language)}>
      {PEOPLE.map((person) => (
        <button
          key={person.openid}
          type="button"
          aria-pressed={person.openid === phone.person.openid}
          onClick={() => {
            phone.become(person);
            if (phone.program === null) phone.openProgram();
          }}
        >
          {person.name}
          {person.balanceFen !== undefined && (
            <small> {say([`零钱 ¥${yuan(person.balanceFen)}`, `has ¥${yuan(person.balanceFen)}`], language)}</small>
          )}
        </button>
      ))}
    </div>
  );
}
