import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { unwrap, api, ApiError, type Schemas } from '../api/client.js';

export type CurrentStaff = Schemas['CurrentStaffView'];
export type Role = CurrentStaff['role'];

const ROLES: readonly Role[] = ['VIEWER', 'OPERATOR', 'ADMIN'];
const MAX_RETRIES = 3;
/** Age in milliseconds from which a page that is opened again fetches its data again. */
const STALE_TIME_MS = 5000;

/**
 * Login state of this browser: `loading` until the service has responded; `loggedOut`, with the reason for the login
 * page; `unreachable` when the service does not respond.
 */
type AuthState =
  | { state: 'loading' }
  | { state: 'unreachable' }
  | { state: 'loggedOut'; hasExpired: boolean }
  | { state: 'loggedIn'; staff: CurrentStaff };

interface Session {
  authState: AuthState;
  /**
   * @throws ApiError BAD_CREDENTIALS, TOO_MANY_ATTEMPTS; and UNAUTHENTICATED when the browser did not store the cookie.
   */
  login: (username: string, password: string) => Promise<void>;
  logout: () => Promise<void>;
  retry: () => void;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const [authState, setAuthState] = useState<AuthState>({ state: 'loading' });
  const [queries] = useState<QueryClient>(() =>
    createQueryClient(() => {
      setAuthState({ state: 'loggedOut', hasExpired: true });
    }),
  );
  const session = useMemo(() => createSession(authState, setAuthState, queries), [authState, queries]);
  useEffect(() => {
    void fetchAuthState().then(setAuthState);
  }, []);
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </SessionContext>
  );
}

/** @param onSessionExpired is called when the service responds with UNAUTHENTICATED. */
function createQueryClient(onSessionExpired: () => void): QueryClient {
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

function createSession(authState: AuthState, setAuthState: (next: AuthState) => void, queries: QueryClient): Session {
  return {
    authState,
    login: async (username, password) => {
      await unwrap(api.POST('/admin/api/auth/session', { body: { username, password } }));
      const staff = await unwrap(api.GET('/admin/api/auth/me')); // proves that the browser has stored the cookie
      queries.clear(); // data of an earlier user
      setAuthState({ state: 'loggedIn', staff });
    },
    logout: async () => {
      await unwrap(api.POST('/admin/api/auth/logout')).catch(() => undefined); // the session may have ended already
      queries.clear();
      setAuthState({ state: 'loggedOut', hasExpired: false });
    },
    retry: () => {
      setAuthState({ state: 'loading' });
      void fetchAuthState().then(setAuthState);
    },
  };
}

async function fetchAuthState(): Promise<AuthState> {
  try {
    return { state: 'loggedIn', staff: await unwrap(api.GET('/admin/api/auth/me')) };
  } catch (error) {
    const isLoggedOut = error instanceof ApiError && error.code === 'UNAUTHENTICATED';
    return isLoggedOut ? { state: 'loggedOut', hasExpired: false } : { state: 'unreachable' };
  }
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession() needs a SessionProvider above it.');
  return session;
}

/** The logged-in user. @throws Error when used outside the login. */
export function useStaff(): CurrentStaff {
  const { authState } = useSession();
  if (authState.state !== 'loggedIn') throw new Error('useStaff() needs a logged-in user.');
  return authState.staff;
}

/**
 * Whether the user has at least this role. The service checks every call again; the pages only hide what it would
 * reject.
 */
export function useHasRole(): (role: Role) => boolean {
  const ownRank = ROLES.indexOf(useStaff().role);
  return (role) => ownRank >= ROLES.indexOf(role);
}
