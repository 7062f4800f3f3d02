import type { ReactElement } from 'react';
import { ConsentSheet } from './consent-sheet.tsx';
import type { MessageConsentRequest } from './phone.ts';

/** WeChat's sheet that asks for permission to send messages. Each consent allows one message per template. */
export function MessageConsent({ request: { templates, answer } }: { request: MessageConsentRequest }): ReactElement {
  const texts = { name: '订阅消息授权', title: '发送一次以下消息', denyText: '拒绝', hint: '拒绝不影响付款或退款申请' };
  return (
    <ConsentSheet {...texts} answer={answer}>
      <ul>
        {templates.map(({ templateId, title }) => (
          <li key={templateId}>{title}</li>
        ))}
      </ul>
    </ConsentSheet>
  );
}
