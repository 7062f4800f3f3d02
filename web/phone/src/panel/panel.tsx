import { type ReactElement, useLayoutEffect, useRef } from 'react';
import { useChangeNotifier } from '../change-notifier.ts';
import type { Phone } from '../phone/phone.ts';
import { type Language, t } from '../i18n.ts';
import { MessageLine } from './message-line.tsx';
import type { MessageLog } from './message-log.ts';
import { FaultControls } from './fault-controls.tsx';

/** The live messages between mini-program, service and WeChat. */
export function Panel({ log, phone, language }: { log: MessageLog; phone: Phone; language: Language }): ReactElement {
  useChangeNotifier(log);
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  });
  return (
    <section className="panel" aria-label={t(['消息', 'Messages'], language)}>
      <FaultControls log={log} phone={phone} language={language} />
      <div className="diagram">
        <div className="parties">
          <div className="party phone">
            <b>{t(['小程序', 'Mini-program'], language)}</b>
            <small>examples/miniprogram</small>
          </div>
          <div className="party shop">
            <b>{t(['您的服务', 'Your service'], language)}</b>
            <small>wx-checkout</small>
          </div>
          <div className="party wechat">
            <b>{t(['微信支付', 'WeChat Pay'], language)}</b>
            <small>{t(['模拟器', 'simulator'], language)}</small>
          </div>
        </div>
        <div
          className="lines"
          role="log"
          tabIndex={0}
          ref={list}
          aria-label={t(['谁对谁说了什么', 'Messages in order'], language)}
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
            isAtEnd.current = scrollTop + clientHeight > scrollHeight - 60;
          }}
        >
          {log.isUnreachable && (
            <p className="unreachable" role="alert">
              {t(
                [
                  '模拟器没有应答，请确认服务正在运行',
                  'The simulator does not respond. Check that the service is running',
                ],
                language,
              )}
            </p>
          )}
          {log.lines.map((line) => (
            <MessageLine key={line.key} line={line} language={language} />
          ))}
        </div>
      </div>
      <footer className="legend">
        <span>
          {t(
            [
              '点开一行看原文。签名、应答都是真的：服务连的就是它平时连微信的那段代码。',
              'Click a line to see the raw message. Signatures and responses are real: the service uses its production code for WeChat.',
            ],
            language,
          )}
        </span>
        <button type="button" onClick={() => log.clear()}>
          {t(['清空', 'Clear'], language)}
        </button>
      </footer>
    </section>
  );
}
