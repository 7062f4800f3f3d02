import { type ReactElement, useEffect, useState } from 'react';
import { Panel } from './panel/panel.tsx';
import { MessageLog } from './panel/message-log.ts';
import { Device } from './phone/device.tsx';
import { PeoplePicker } from './phone/people-picker.tsx';
import { PEOPLE } from './phone/people.ts';
import { Phone } from './phone/phone.ts';
import { SimulatorClient } from './simulator-client.ts';
import { type Language, t } from './i18n.ts';

const LANGUAGE_KEY = 'phone-language';

/** Everything on the page that outlives a drawing. */
function createPhoneDemo(): { story: MessageLog; phone: Phone } {
  const wechat = new SimulatorClient();
  const story = new MessageLog(wechat);
  const phone = new Phone(wechat, story);
  const arrive = async (): Promise<void> => {
    for (const person of PEOPLE) await wechat.addPerson(person);
    phone.openProgram();
  };
  story.startPolling();
  arrive().catch(() => story.pollNow()); // the panel says that the simulator does not answer
  return { story, phone };
}

/** A phone with the shop in it, beside what it, the service and WeChat say to each other. */
export function App(): ReactElement {
  const [world] = useState(createPhoneDemo);
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(LANGUAGE_KEY) === 'en' ? 'en' : 'zh'));
  useEffect(() => {
    localStorage.setItem(LANGUAGE_KEY, language);
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <div className="world">
      <header className="top">
        <h1>
          wx-checkout <span>{t(['模拟手机', 'Simulated phone'], language)}</span>
        </h1>
        <nav aria-label={t(['其他页面', 'Other pages'], language)}>
          <a href="/admin">{t(['商家后台', 'Console'], language)}</a>
          <a href="/docs">{t(['接口文档', 'API'], language)}</a>
          <a href="/start">{t(['全部入口', 'More'], language)}</a>
          <button type="button" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLanguage(other)}>
            {other === 'zh' ? '中文' : 'English'}
          </button>
        </nav>
      </header>
      <main className="stage">
        <section className="hand" aria-label={t(['手机', 'Phone'], language)}>
          <PeoplePicker phone={world.phone} language={language} />
          <Device phone={world.phone} />
        </section>
        <Panel story={world.story} phone={world.phone} language={language} />
      </main>
    </div>
  );
}
