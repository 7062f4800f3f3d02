import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { ApiError } from '../api/client.js';
import { problemText } from '../utils/split-problem.js';
import { useTranslations } from '../i18n/language-provider.js';

/** In the place of what could not be had: what went wrong, in words, and how to go on. */
export function ProblemPanel({ error, onRetry }: { error: Error; onRetry?: () => void }): ReactNode {
  const { common, problems } = useTranslations();
  const problem = error instanceof ApiError ? error.problem : null;
  if (problem?.code === 'FORBIDDEN') return <NoPermission />;
  const isMissing = problem?.status === 404;
  return (
    <Result
      status={isMissing ? '404' : 'warning'}
      title={isMissing ? problems.notFound : problems.title}
      subTitle={
        <>
          <div role="alert">{problem ? problemText(problem, problems) : problems.noAnswer}</div>
          {problem && <small>{problems.requestId(problem.requestId)}</small>}
        </>
      }
      extra={onRetry && !isMissing && <Button onClick={onRetry}>{common.retry}</Button>}
    />
  );
}

export function NoPermission(): ReactNode {
  const { problems } = useTranslations();
  return (
    <Result status="403" title={problems.forbidden} subTitle={<span role="alert">{problems.forbiddenText}</span>} />
  );
}

/** Keeps a mistake of ours in one page from taking the frame with it. */
export class ErrorBoundary extends Component<{ children: ReactNode; words: { broken: string; brokenText: string } }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    const { children, words } = this.props;
    return this.state.isBroken ? <Result status="500" title={words.broken} subTitle={words.brokenText} /> : children;
  }
}
