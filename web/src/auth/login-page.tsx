import { Alert, Button, Card, Form, Input } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { ApiError } from '../api/client.js';
import { LanguageSwitch } from '../frame/language-switch.js';
import { useTranslations } from '../i18n/language-provider.js';
import { useSession } from './session.js';

interface Credentials {
  username: string;
  password: string;
}

/** Stands in the place of whatever page was asked for; after it, that page is there. */
export function LoginPage({ hasEnded }: { hasEnded: boolean }): ReactNode {
  const { app, login: words } = useTranslations();
  const { complaint, isRunning, submit } = useLogin();
  return (
    <main className="login">
      <Card className="login-card">
        <div className="login-head">
          <h1>{app.name}</h1>
          <LanguageSwitch />
        </div>
        {hasEnded && !complaint && <Alert type="info" showIcon title={words.ended} className="gap-below" />}
        {complaint && <Alert type="error" showIcon title={complaint} role="alert" className="gap-below" />}
        <Form<Credentials> layout="vertical" onFinish={submit} requiredMark={false}>
          <Form.Item name="username" label={words.username} rules={[{ required: true }]}>
            <Input autoComplete="username" autoFocus maxLength={64} size="large" />
          </Form.Item>
          <Form.Item name="password" label={words.password} rules={[{ required: true }]}>
            <Input.Password autoComplete="current-password" maxLength={128} size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={isRunning} block size="large">
            {words.submit}
          </Button>
        </Form>
      </Card>
    </main>
  );
}

function useLogin(): { complaint: string | null; isRunning: boolean; submit: (typed: Credentials) => void } {
  const { login } = useSession();
  const words = useTranslations();
  const [complaint, setComplaint] = useState<string | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const isBusy = useRef(false);
  const tryIt = async ({ username, password }: Credentials): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setIsRunning(true);
    setComplaint(null);
    try {
      await login(username, password);
    } catch (error) {
      const problem = error instanceof ApiError ? error.problem : null;
      const isForgotten = problem?.code === 'UNAUTHENTICATED';
      setComplaint(isForgotten ? words.login.notKept : (problem?.detail ?? words.problems.noAnswer));
    } finally {
      isBusy.current = false;
      setIsRunning(false);
    }
  };
  return { complaint, isRunning, submit: (typed) => void tryIt(typed) };
}
