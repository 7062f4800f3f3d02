import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.js';

const MAX_RETRIES = 3;
/** What is shown may be so old, in milliseconds, before a page that is opened again asks anew. */
const STALE_TIME_MS = 5000;

/** @param onDeadSession is called when the service no longer knows who we are. */
export function createQueryClient(onDeadSession: () => void): QueryClient {
  const onError = (error: Error): void => {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') onDeadSession();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: STALE_TIME_MS, retry: (failed, error) => failed < MAX_RETRIES && isRetryable(error) },
      // Nothing that changes something is repeated by itself: a person looks first.
      mutations: { retry: false },
    },
  });
}

function isRetryable(error: Error): boolean {
  return error instanceof ApiError && (error.problem?.retryable ?? true);
}
