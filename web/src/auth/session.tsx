import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { unwrap, api, ApiError, type Schemas } from '../api/client.js';
import { createQueryClient } from '../api/queries.js';

export type Staff = Schemas['AdminView'];
export type Role = Staff['role'];

const ROLES: readonly Role[] = ['VIEWER', 'OPERATOR', 'ADMIN'];

/**
 * Who is at this browser. `unknown` until the service has said; `nobody` with the reason, which the login shows; `away` when
 * the service does not answer.
 */
type AuthState =
  { state: 'unknown' } | { state: 'away' } | { state: 'nobody'; hasEnded: boolean } | { state: 'here'; staff: Staff };

interface Session {
  authState: AuthState;
  /** @throws ApiError BAD_CREDENTIALS, TOO_MANY_ATTEMPTS; and UNAUTHENTICATED when the browser did not keep the cookie. */
  login: (username: string, password: string) => Promise<void>;
  logout: () => Promise<void>;
  retry: () => void;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const [presence, setPresence] = useState<AuthState>({ state: 'unknown' });
  const [queries] = useState<QueryClient>(() =>
    createQueryClient(() => {
      setPresence({ state: 'nobody', hasEnded: true });
    }),
  );
  const session = useMemo(() => createSession(presence, setPresence, queries), [presence, queries]);
  useEffect(() => {
    void fetchAuthState().then(setPresence);
  }, []);
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </SessionContext>
  );
}

function createSession(presence: AuthState, setPresence: (next: AuthState) => void, queries: QueryClient): Session {
  return {
    authState: presence,
    login: async (username, password) => {
      await unwrap(api.POST('/admin/api/auth/session', { body: { username, password } }));
      const staff = await unwrap(api.GET('/admin/api/auth/me')); // proves that the browser has kept the cookie
      queries.clear(); // what somebody else had seen
      setPresence({ state: 'here', staff });
    },
    logout: async () => {
      await unwrap(api.POST('/admin/api/auth/logout')).catch(() => undefined); // dead already is as good
      queries.clear();
      setPresence({ state: 'nobody', hasEnded: false });
    },
    retry: () => {
      setPresence({ state: 'unknown' });
      void fetchAuthState().then(setPresence);
    },
  };
}

async function fetchAuthState(): Promise<AuthState> {
  try {
    return { state: 'here', staff: await unwrap(api.GET('/admin/api/auth/me')) };
  } catch (error) {
    const isNobody = error instanceof ApiError && error.code === 'UNAUTHENTICATED';
    return isNobody ? { state: 'nobody', hasEnded: false } : { state: 'away' };
  }
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('Nothing here may be shown outside SessionProvider.');
  return session;
}

/** The person who is logged in. Only for what is shown behind the login. */
export function useStaff(): Staff {
  const { authState: presence } = useSession();
  if (presence.state !== 'here') throw new Error('Nobody is logged in.');
  return presence.staff;
}

/** Whether the person may do what this role may. The service decides anew at every call: this only spares them the try. */
export function useHasRole(): (role: Role) => boolean {
  const mine = ROLES.indexOf(useStaff().role);
  return (role) => mine >= ROLES.indexOf(role);
}
