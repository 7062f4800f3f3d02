import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { ApiError } from '../api/client.js';
import { problemText } from '../utils/split-problem.js';
import { useTranslations } from '../i18n/language-provider.js';

/** Shown in place of data that could not be loaded: the error and what to do next. */
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
          <div role="alert">{problem ? problemText(problem, problems) : problems.noResponse}</div>
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

/** Keeps a rendering error in one page from breaking the frame. */
export class ErrorBoundary extends Component<{ children: ReactNode; texts: { crashed: string; crashedText: string } }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    const { children, texts } = this.props;
    return this.state.hasCrashed ? (
      <Result status="500" title={texts.crashed} subTitle={texts.crashedText} />
    ) : (
      children
    );
  }
}
