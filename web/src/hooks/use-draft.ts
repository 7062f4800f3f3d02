import { useStaff } from '../auth/session.js';

/** What users have typed and not submitted, by user and form. Only in memory: it ends with the browser tab. */
const drafts = new Map<string, object>();

interface Draft<Values> {
  /** What the same user typed before. */
  values: Partial<Values>;
  save: (values: Values) => void;
  discard: () => void;
}

/** Keeps the input of a form when the login page replaces it, because the session has ended. Without a key nothing is kept. */
export function useDraft<Values extends object>(key: string | undefined): Draft<Values> {
  const { username } = useStaff();
  if (key === undefined) return { values: {}, save: () => undefined, discard: () => undefined };
  const name = `${username} ${key}`;
  return {
    values: { ...drafts.get(name) },
    save: (values) => void drafts.set(name, values),
    discard: () => void drafts.delete(name),
  };
}
