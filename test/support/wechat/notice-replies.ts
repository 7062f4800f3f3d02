import { expect } from '@jest/globals';
import type { RecordedNoticeReply } from './simulator-control.js';
import { byProtocol } from './pay-protocol.js';

/** The shop's reply to a notice that it has accepted: v2 wants an XML body, v3 an empty one. */
export const ACCEPTED_REPLY: RecordedNoticeReply = byProtocol({
  v2: {
    status: 200,
    reply: '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>',
    isAccepted: true,
  },
  v3: { status: 204, reply: '', isAccepted: true },
});

/** What a reply to a rejected notice must match: v2 reads the body of HTTP 200, v3 the status alone. */
export function rejectedReply(reason = '[A-Z_]{1,32}'): Record<keyof RecordedNoticeReply, unknown> {
  const xml = `<xml><return_code><!\\[CDATA\\[FAIL\\]\\]></return_code><return_msg><!\\[CDATA\\[${reason}\\]\\]></return_msg></xml>`;
  return byProtocol({
    v2: { status: 200, reply: expect.stringMatching(new RegExp(`^${xml}$`)), isAccepted: false },
    v3: {
      status: expect.any(Number), // 4xx or 5xx, or the simulator would take it as accepted
      reply: expect.stringMatching(new RegExp(`^{"code":"FAIL","message":"${reason}"}$`)),
      isAccepted: false,
    },
  });
}
