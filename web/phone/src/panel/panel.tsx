import { type ReactElement, useLayoutEffect, useRef } from 'react';
import { useChanges } from '../observable.ts';
import type { Phone } from '../phone/phone.ts';
import { type Language, say } from '../words.ts';
import { MessageLine } from './message-line.tsx';
import type { Story } from './story.ts';
import { Troubles } from './troubles.tsx';

/** What mini-program, service and WeChat say to each other, as it happens. */
export function Panel({ story, phone, language }: { story: Story; phone: Phone; language: Language }): ReactElement {
  useChanges(story);
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  });
  return (
    <section className="panel" aria-label={say(['消息', 'Messages'], language)}>
      <Troubles story={story} phone={phone} language={language} />
      <div className="diagram">
        <div className="parties">
          <div className="party phone">
            <b>{say(['小程序', 'Mini-program'], language)}</b>
            <small>examples/miniprogram</small>
          </div>
          <div className="party shop">
            <b>{say(['您的服务', 'Your service'], language)}</b>
            <small>wx-checkout</small>
          </div>
          <div className="party wechat">
            <b>{say(['微信支付', 'WeChat Pay'], language)}</b>
            <small>{say(['模拟器', 'simulator'], language)}</small>
          </div>
        </div>
        <div
          className="lines"
          role="log"
          tabIndex={0}
          ref={list}
          aria-label={say(['谁对谁说了什么', 'Who says what to whom'], language)}
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
            isAtEnd.current = scrollTop + clientHeight > scrollHeight - 60;
          }}
        >
          {story.isDeaf && (
            <p className="deaf" role="alert">
              {say(
                ['模拟器没有应答，请确认服务正在运行', 'The simulator does not answer: is the service running?'],
                language,
              )}
            </p>
          )}
          {story.lines.map((line) => (
            <MessageLine key={line.key} line={line} language={language} />
          ))}
        </div>
      </div>
      <footer className="legend">
        <span>
          {say(
            [
              '点开一行看原文。签名、应答都是真的：服务连的就是它平时连微信的那段代码。',
              'Click a line for its text. Signatures and replies are real: the code that talks to WeChat is talking.',
            ],
            language,
          )}
        </span>
        <button type="button" onClick={() => story.clear()}>
          {say(['清空', 'Clear'], language)}
        </button>
      </footer>
    </section>
  );
}
