import { type ReactElement, useEffect, useState } from 'react';
import { Panel } from './panel/panel.tsx';
import { MessageLog } from './panel/message-log.ts';
import { Device } from './phone/device.tsx';
import { UserPicker } from './phone/user-picker.tsx';
import { DEMO_USERS } from './phone/demo-users.ts';
import { Phone } from './phone/phone.ts';
import { SimulatorClient } from './simulator-client.ts';
import { type Language, t } from './i18n.ts';

const LANGUAGE_KEY = 'phone-language';

/** Creates the objects that live as long as the page. */
function createPhoneDemo(): { log: MessageLog; phone: Phone } {
  const wechat = new SimulatorClient();
  const log = new MessageLog(wechat);
  const phone = new Phone(wechat, log);
  const start = async (): Promise<void> => {
    for (const user of DEMO_USERS) await wechat.addUser(user);
    phone.openProgram();
  };
  log.startPolling();
  start().catch(() => log.pollNow()); // the panel shows that the simulator does not respond
  return { log, phone };
}

/** The simulated phone, beside the messages between mini-program, service and WeChat. */
export function App(): ReactElement {
  const [demo] = useState(createPhoneDemo);
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
          <a href="/admin">{t(['商家后台', 'Merchant console'], language)}</a>
          <a href="/docs">{t(['接口文档', 'API docs'], language)}</a>
          <a href="/start">{t(['更多入口', 'More links'], language)}</a>
          <button type="button" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLanguage(other)}>
            {other === 'zh' ? '中文' : 'English'}
          </button>
        </nav>
      </header>
      <main className="stage">
        <section className="hand" aria-label={t(['手机', 'Phone'], language)}>
          <UserPicker phone={demo.phone} language={language} />
          <Device phone={demo.phone} />
        </section>
        <Panel log={demo.log} phone={demo.phone} language={language} />
      </main>
    </div>
  );
}
