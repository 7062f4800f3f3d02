import { App as AntdApp, ConfigProvider, Spin } from 'antd';
import { type ReactNode, Suspense } from 'react';
import { BrowserRouter, Route, Routes, useLocation } from 'react-router';
import { LoginPage } from './auth/login-page.js';
import { SessionProvider, useHasRole, useSession } from './auth/session.js';
import { ConsoleFrame } from './frame/console-frame.js';
import { type ConsolePage, PAGES } from './frame/page-list.js';
import { ErrorBoundary, NoPermission, ProblemPanel } from './components/problem-panel.js';
import { ApiError } from './api/client.js';
import { LanguageProvider, useTranslations } from './i18n/language-provider.js';

/** Colours with a contrast of at least 4.5 : 1 against white, as text and as background. */
const THEME = {
  token: {
    colorPrimary: '#067a4b',
    colorLink: '#067a4b',
    colorError: '#b42318',
    colorTextDescription: '#595f69',
    colorLinkHover: '#05603a',
    colorLinkActive: '#05603a',
    colorBgLayout: '#f5f6f7',
    borderRadius: 6,
  },
  // The background of a switch that is off, and the same under the pointer: dark enough for its white text.
  components: { Switch: { colorTextQuaternary: '#6b7280', colorTextTertiary: '#595f69' } },
};
/** No space between the two characters of a Chinese button, so that the browser's text search finds the word. */
const BUTTON_CONFIG = { autoInsertSpace: false };

/** @param nonce allows antd's styles under the Content Security Policy. */
export function App({ nonce }: { nonce: string | undefined }): ReactNode {
  return (
    <LanguageProvider>
      {(locale) => (
        <ConfigProvider
          locale={locale}
          theme={THEME}
          button={BUTTON_CONFIG}
          {...(nonce !== undefined && { csp: { nonce } })}
        >
          <AntdApp>
            <SessionProvider>
              <BrowserRouter basename="/admin">
                <AuthGuard />
              </BrowserRouter>
            </SessionProvider>
          </AntdApp>
        </ConfigProvider>
      )}
    </LanguageProvider>
  );
}

/** Shows the login page until the user is logged in. The URL stays the same, so that the user returns to it. */
function AuthGuard(): ReactNode {
  const { authState, retry } = useSession();
  switch (authState.state) {
    case 'loading':
      return <LoadingScreen />;
    case 'unreachable':
      return <ProblemPanel error={new ApiError(0, null)} onRetry={retry} />;
    case 'loggedOut':
      return <LoginPage hasExpired={authState.hasExpired} />;
    case 'loggedIn':
      return (
        <ConsoleFrame>
          <Pages />
        </ConsoleFrame>
      );
  }
}

function Pages(): ReactNode {
  const { problems } = useTranslations();
  const { pathname } = useLocation();
  return (
    <ErrorBoundary key={pathname.split('/')[1] ?? ''} texts={problems}>
      <Suspense fallback={<LoadingScreen />}>
        <Routes>
          {PAGES.map((page) => (
            <Route key={page.path} path={page.path}>
              <Route index element={<RequireRole page={page} />} />
              {page.detail !== undefined && <Route path={page.detail} element={<RequireRole page={page} />} />}
            </Route>
          ))}
          <Route path="*" element={<p className="centred">{problems.pageNotFound}</p>} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
}

function RequireRole({ page: { role, Page } }: { page: ConsolePage }): ReactNode {
  return useHasRole()(role) ? <Page /> : <NoPermission />;
}

function LoadingScreen(): ReactNode {
  const { common } = useTranslations();
  return (
    <div className="centred" role="status" aria-label={common.loading}>
      <Spin size="large" />
    </div>
  );
}
