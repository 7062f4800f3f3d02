import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.js';
import { useSpeech } from '../../words/words.js';

/** Names of the usual carriers by WeChat's codes, in the reader's language; empty until they are loaded. */
export function useCarrierNames(): ReadonlyMap<string, string> {
  const { language } = useSpeech();
  const { data } = useQuery({
    queryKey: ['carriers'],
    queryFn: () => answered(api.GET('/admin/api/carriers')),
    staleTime: Infinity,
  });
  const carriers = data?.items ?? [];
  return new Map(carriers.map(({ code, name, nameZh }) => [code, language === 'zh' ? nameZh : name]));
}
