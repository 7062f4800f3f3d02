import { useQueries } from '@tanstack/react-query';
import { answered, api } from '../../api/client.js';
import { useWords } from '../../words/words.js';
import { useCarrierNames } from '../orders/use-carrier-names.js';
import type { Reader } from './field-text.js';

/** The newest of each kind: what is older is shown by its id. */
const query = { limit: 100 };
/** Milliseconds for which names are not asked for again. */
const staleTime = 60_000;

const LISTS = [
  { kind: 'staff', load: () => answered(api.GET('/admin/api/admins', { params: { query } })) },
  { kind: 'products', load: () => answered(api.GET('/admin/api/products', { params: { query } })) },
  { kind: 'coupons', load: () => answered(api.GET('/admin/api/coupons', { params: { query } })) },
  { kind: 'keys', load: () => answered(api.GET('/admin/api/api-keys', { params: { query } })) },
] as const;

/** The words of this page's language, and the names behind ids as far as they are loaded. */
export function useReader(): Reader {
  const words = useWords();
  const carriers = useCarrierNames();
  const results = useQueries({
    queries: LISTS.map(({ kind, load }) => ({
      queryKey: ['names', kind],
      queryFn: async () => (await load()).items.map((item) => [item.id, nameOf(item)] as const),
      staleTime,
    })),
  });
  return { words, carriers, names: new Map(results.flatMap(({ data }) => data ?? [])) };
}

function nameOf(item: { username: string } | { name: string }): string {
  return 'username' in item ? item.username : item.name;
}
