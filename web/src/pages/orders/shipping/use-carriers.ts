import { useQuery } from '@tanstack/react-query';
import { unwrap, api, type Schemas } from '../../../api/client.js';
import { useLanguage } from '../../../i18n/language-provider.js';

/** The common carriers with WeChat's codes; empty until they are loaded. */
export function useCarriers(): Schemas['CarrierView'][] {
  const { data } = useQuery({
    queryKey: ['carriers'],
    queryFn: () => unwrap(api.GET('/admin/api/carriers')),
    staleTime: Infinity,
  });
  return data?.items ?? [];
}

/** Their names by WeChat's codes, in the user's language. */
export function useCarrierNames(): ReadonlyMap<string, string> {
  const { language } = useLanguage();
  return new Map(useCarriers().map(({ code, name, nameZh }) => [code, language === 'zh' ? nameZh : name]));
}
