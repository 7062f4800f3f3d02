import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.js';

const MAX_RETRIES = 3;
/** Age in milliseconds from which a page that is opened again fetches its data again. */
const STALE_TIME_MS = 5000;

/** @param onSessionExpired is called when the service answers UNAUTHENTICATED. */
export function createQueryClient(onSessionExpired: () => void): QueryClient {
  const onError = (error: Error): void => {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') onSessionExpired();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: STALE_TIME_MS, retry: (failed, error) => failed < MAX_RETRIES && isRetryable(error) },
      // Never repeat a change automatically: a person checks the result first.
      mutations: { retry: false },
    },
  });
}

function isRetryable(error: Error): boolean {
  return error instanceof ApiError && (error.problem?.retryable ?? true);
}
