import type { ReactElement } from 'react';
import { ConsentSheet } from './consent-sheet.tsx';
import type { Phone } from './phone.ts';

interface PhoneNumberConsentProps {
  phone: Phone;
  answer: (isAllowed: boolean) => void;
}

/** WeChat's sheet that asks for permission to share the phone number. */
export function PhoneNumberConsent({ phone: { user }, answer }: PhoneNumberConsentProps): ReactElement {
  const texts = {
    name: '申请获取手机号',
    title: '获取并验证你的手机号',
    denyText: '不允许',
    hint: '模拟手机：号码是编的',
  };
  return (
    <ConsentSheet {...texts} answer={answer}>
      <p className="number">
        {user.phone.slice(0, 3)}****{user.phone.slice(-4)}
        <small>微信绑定号码</small>
      </p>
    </ConsentSheet>
  );
}
