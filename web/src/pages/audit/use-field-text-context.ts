import { useQueries } from '@tanstack/react-query';
import { unwrap, api } from '../../api/client.js';
import { useTranslations } from '../../i18n/language-provider.js';
import { useCarrierNames } from '../orders/use-carrier-names.js';
import type { FieldTextContext } from './format-field.js';

/** Only the newest records of each kind. Older ones are shown by ID. */
const query = { limit: 100 };
/** Milliseconds during which names are not fetched again. */
const staleTime = 60_000;

const LISTS = [
  { kind: 'staff', load: () => unwrap(api.GET('/admin/api/admins', { params: { query } })) },
  { kind: 'products', load: () => unwrap(api.GET('/admin/api/products', { params: { query } })) },
  { kind: 'coupons', load: () => unwrap(api.GET('/admin/api/coupons', { params: { query } })) },
  { kind: 'keys', load: () => unwrap(api.GET('/admin/api/api-keys', { params: { query } })) },
] as const;

/** Translations and the names behind IDs, as far as they are loaded. */
export function useFieldTextContext(): FieldTextContext {
  const t = useTranslations();
  const carriers = useCarrierNames();
  const results = useQueries({
    queries: LISTS.map(({ kind, load }) => ({
      queryKey: ['names', kind],
      queryFn: async () => (await load()).items.map((item) => [item.id, nameOf(item)] as const),
      staleTime,
    })),
  });
  return { t, carriers, names: new Map(results.flatMap(({ data }) => data ?? [])) };
}

function nameOf(item: { username: string } | { name: string }): string {
  return 'username' in item ? item.username : item.name;
}
