import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { unwrap, api, type Schemas } from '../api/client.js';

const REFETCH_INTERVAL_MS = 30_000;

/** What waits for a person: asked for anew twice a minute, and shared by all who show a part of it. */
export function useToDo(): UseQueryResult<Schemas['ToDoView']> {
  return useQuery({
    queryKey: ['to-do'],
    queryFn: () => unwrap(api.GET('/admin/api/to-do')),
    refetchInterval: REFETCH_INTERVAL_MS,
  });
}
