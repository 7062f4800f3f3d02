import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { unwrap, api, ApiError, type Schemas } from '../api/client.js';
import { createQueryClient } from '../api/queries.js';

export type Staff = Schemas['AdminView'];
export type Role = Staff['role'];

const ROLES: readonly Role[] = ['VIEWER', 'OPERATOR', 'ADMIN'];

/**
 * Login state of this browser: `loading` until the service has answered; `loggedOut`, with the reason for the login page;
 * `unreachable` when the service does not respond.
 */
type AuthState =
  | { state: 'loading' }
  | { state: 'unreachable' }
  | { state: 'loggedOut'; hasExpired: boolean }
  | { state: 'loggedIn'; staff: Staff };

interface Session {
  authState: AuthState;
  /** @throws ApiError BAD_CREDENTIALS, TOO_MANY_ATTEMPTS; and UNAUTHENTICATED when the browser did not store the cookie. */
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
export function useStaff(): Staff {
  const { authState } = useSession();
  if (authState.state !== 'loggedIn') throw new Error('useStaff() needs a logged-in user.');
  return authState.staff;
}

/** Whether the user has at least this role. The service checks every call again; the pages only hide what it would reject. */
export function useHasRole(): (role: Role) => boolean {
  const mine = ROLES.indexOf(useStaff().role);
  return (role) => mine >= ROLES.indexOf(role);
}
