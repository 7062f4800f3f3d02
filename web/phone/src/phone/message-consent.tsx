import type { ReactElement } from 'react';
import { ConsentSheet } from './consent-sheet.tsx';
import type { MessageConsentRequest } from './phone.ts';

/** WeChat asks before a mini-program may send messages: each yes is good for one of each kind. */
export function MessageConsent({ wish: { templates, answer } }: { wish: MessageConsentRequest }): ReactElement {
  const words = { name: '订阅消息授权', title: '发送一次以下消息', no: '拒绝', hint: '拒绝也能照常付款' };
  return (
    <ConsentSheet {...words} answer={answer}>
      <ul>
        {templates.map(({ templateId, title }) => (
          <li key={templateId}>{title}</li>
        ))}
      </ul>
    </ConsentSheet>
  );
}
