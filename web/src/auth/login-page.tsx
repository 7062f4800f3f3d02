import { Alert, Button, Card, Form, Input } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { ApiError } from '../api/client.js';
import { LanguageSwitch, useTranslations } from '../i18n/language-provider.js';
import { useSession } from './session.js';

interface Credentials {
  username: string;
  password: string;
}

/** Replaces the requested page until the user has logged in. */
export function LoginPage({ hasExpired }: { hasExpired: boolean }): ReactNode {
  const { app, login: t, staff } = useTranslations();
  const { error, isRunning, submit } = useLogin();
  return (
    <main className="login">
      <Card className="login-card">
        <div className="login-head">
          <h1>{app.name}</h1>
          <LanguageSwitch />
        </div>
        {hasExpired && !error && <Alert type="info" showIcon title={t.sessionExpired} className="gap-below" />}
        {error && <Alert type="error" showIcon title={error} role="alert" className="gap-below" />}
        <Form<Credentials> layout="vertical" onFinish={submit} requiredMark={false}>
          <Form.Item name="username" label={staff.username} rules={[{ required: true }]}>
            <Input autoComplete="username" autoFocus maxLength={64} size="large" />
          </Form.Item>
          <Form.Item name="password" label={t.password} rules={[{ required: true }]}>
            <Input.Password autoComplete="current-password" maxLength={128} size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={isRunning} block size="large">
            {t.submit}
          </Button>
        </Form>
      </Card>
    </main>
  );
}

function useLogin(): { error: string | null; isRunning: boolean; submit: (credentials: Credentials) => void } {
  const { login } = useSession();
  const t = useTranslations();
  const [error, setError] = useState<string | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const isBusy = useRef(false);
  const attempt = async ({ username, password }: Credentials): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setIsRunning(true);
    setError(null);
    try {
      await login(username, password);
    } catch (caught) {
      const problem = caught instanceof ApiError ? caught.problem : null;
      const isCookieMissing = problem?.code === 'UNAUTHENTICATED';
      setError(isCookieMissing ? t.login.cookieNotStored : (problem?.detail ?? t.problems.noResponse));
    } finally {
      isBusy.current = false;
      setIsRunning(false);
    }
  };
  return { error, isRunning, submit: (credentials) => void attempt(credentials) };
}
