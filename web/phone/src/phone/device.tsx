import { app, pages } from 'virtual:mini-program';
import { type ReactElement, useEffect, useState } from 'react';
import { useChangeNotifier } from '../change-notifier.ts';
import type { MiniProgram } from '../wx/mini-program.ts';
import { PageView } from '../wx/page-view.tsx';
import { Cashier } from './cashier.tsx';
import { PhoneNumberConsent } from './phone-number-consent.tsx';
import { MessageConsent } from './message-consent.tsx';
import type { Phone } from './phone.ts';

/** The simulated phone. */
export function Device({ phone }: { phone: Phone }): ReactElement {
  useChangeNotifier(phone);
  return (
    <div className="device">
      <div className="screen" lang="zh-CN">
        <StatusBar isOffline={phone.isOffline} />
        {phone.program?.top ? <RunningProgram program={phone.program} phone={phone} /> : <HomeScreen phone={phone} />}
        {phone.toast && (
          <div className={`toast ${phone.toast.icon}`} role="status">
            {phone.toast.icon === 'success' && <b aria-hidden="true">✓</b>}
            {phone.toast.title}
          </div>
        )}
        {phone.sheet && <Cashier key={phone.sheet.out_trade_no} phone={phone} sheet={phone.sheet} />}
        {phone.phoneNumberConsent && <PhoneNumberConsent phone={phone} answer={phone.phoneNumberConsent.answer} />}
        {phone.messageConsent && <MessageConsent request={phone.messageConsent} />}
        {phone.modal && (
          <div className="veil">
            <div className="modal" role="alertdialog" aria-label={phone.modal.title}>
              <h2>{phone.modal.title}</h2>
              <p>{phone.modal.content}</p>
              <div>
                <button type="button" onClick={() => phone.modal?.answer(false)}>
                  {phone.modal.cancelText}
                </button>
                <button type="button" onClick={() => phone.modal?.answer(true)}>
                  {phone.modal.confirmText}
                </button>
              </div>
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

function StatusBar({ isOffline }: { isOffline: boolean }): ReactElement {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const two = (number: number): string => String(number).padStart(2, '0');
  return (
    <div className="status-bar" aria-hidden="true">
      <span>
        {two(now.getHours())}:{two(now.getMinutes())}
      </span>
      <span className={isOffline ? 'no-signal' : 'signal'}>{isOffline ? '无网络' : <SignalIcon />}</span>
    </div>
  );
}

function SignalIcon(): ReactElement {
  return (
    <svg width="44" height="12" viewBox="0 0 44 12">
      <path d="M0 9h3v3H0zM4.500 6.500h3V12h-3zM9 4h3v8H9zM13.500 1h3v11h-3z" fill="currentColor" />
      <rect x="22.500" y="1.500" width="17" height="9" rx="2.500" fill="none" stroke="currentColor" />
      <rect x="24.500" y="3.500" width="12" height="5" rx="1" fill="currentColor" />
      <path d="M41.500 4.500v3" stroke="currentColor" strokeLinecap="round" />
    </svg>
  );
}

function HomeScreen({ phone }: { phone: Phone }): ReactElement {
  return (
    <div className="home">
      <h2>微信</h2>
      <p>{phone.user.name} 最近使用的小程序</p>
      <button type="button" className="icon" onClick={() => phone.openProgram()}>
        <span aria-hidden="true">茶</span>
        {app.window.navigationBarTitleText}
      </button>
      <p className="hint">点图标打开</p>
    </div>
  );
}

/** The running mini-program with WeChat's navigation around it. */
function RunningProgram({ program, phone }: { program: MiniProgram; phone: Phone }): ReactElement {
  const { stack, top } = program;
  const config = top && pages[top.route]?.config;
  const isTab = app.tabBar?.list.some(({ pagePath }) => pagePath === top?.route);
  return (
    <>
      <div className="nav-bar">
        {stack.length > 1 && (
          <button type="button" className="back" aria-label="返回" onClick={() => program.back()}>
            ‹
          </button>
        )}
        <h2>{config?.navigationBarTitleText ?? app.window.navigationBarTitleText}</h2>
        <div className="capsule">
          {config?.enablePullDownRefresh && (
            <button type="button" aria-label="刷新" title="刷新" onClick={() => top?.runHook('onPullDownRefresh')}>
              ↻
            </button>
          )}
          <button type="button" aria-label="关闭小程序" title="关闭小程序" onClick={() => phone.closeProgram()}>
            ◉
          </button>
        </div>
      </div>
      {stack.map((page) => (
        <PageView key={page.id} page={page} isHidden={page !== top} />
      ))}
      {isTab && (
        <div className="tab-bar" role="group" aria-label="标签栏">
          {app.tabBar?.list.map(({ pagePath, text }) => (
            <button
              key={pagePath}
              type="button"
              aria-pressed={pagePath === top?.route}
              onClick={() => program.switchTab(`/${pagePath}`)}
            >
              {text}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
