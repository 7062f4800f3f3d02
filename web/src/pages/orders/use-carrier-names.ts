import { useQuery } from '@tanstack/react-query';
import { unwrap, api } from '../../api/client.js';
import { useLanguage } from '../../i18n/language-provider.js';

/** Names of the common carriers by WeChat's codes, in the user's language; empty until they are loaded. */
export function useCarrierNames(): ReadonlyMap<string, string> {
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ['carriers'],
    queryFn: () => unwrap(api.GET('/admin/api/carriers')),
    staleTime: Infinity,
  });
  const carriers = data?.items ?? [];
  return new Map(carriers.map(({ code, name, nameZh }) => [code, language === 'zh' ? nameZh : name]));
}
