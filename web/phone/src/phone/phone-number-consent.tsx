import type { ReactElement } from 'react';
import { ConsentSheet } from './consent-sheet.tsx';
import type { Phone } from './phone.ts';

interface PhoneNumberConsentProps {
  phone: Phone;
  answer: (isAllowed: boolean) => void;
}

/** WeChat asks before it tells a mini-program the number. */
export function PhoneNumberConsent({ phone: { person }, answer }: PhoneNumberConsentProps): ReactElement {
  const words = { name: '申请获取手机号', title: '获取并验证你的手机号', no: '不允许', hint: '模拟手机：号码是编的' };
  return (
    <ConsentSheet {...words} answer={answer}>
      <p className="number">
        {person.phone.slice(0, 3)}****{person.phone.slice(-4)}
        <small>微信绑定号码</small>
      </p>
    </ConsentSheet>
  );
}
