import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { unwrap, api, type Schemas } from '../api/client.js';

const REFETCH_INTERVAL_MS = 30_000;

/** The to-do figures, fetched twice a minute and shared by all components that show them. */
export function useToDo(): UseQueryResult<Schemas['ToDoView']> {
  return useQuery({
    queryKey: ['to-do'],
    queryFn: () => unwrap(api.GET('/admin/api/to-do')),
    refetchInterval: REFETCH_INTERVAL_MS,
  });
}
