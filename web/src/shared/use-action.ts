import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef } from 'react';
import { ApiError } from '../api/client.js';
import { useWords } from '../words/words.js';

export interface Action<Input> {
  /** Does nothing while the one before is under way: a second click of a double click comes before any button is grey. */
  run: (input: Input) => void;
  isRunning: boolean;
}

interface Wanted<Input, Result> {
  work: (input: Input) => Promise<Result>;
  then?: (result: Result, input: Input) => void;
}

/** Something that changes the shop. Afterwards whatever is shown is asked for anew, whether it went well or not. */
export function useAction<Input = void, Result = unknown>({ work, then }: Wanted<Input, Result>): Action<Input> {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { problems } = useWords();
  const isBusy = useRef(false);
  const mutation = useMutation({
    mutationFn: work,
    ...(then && { onSuccess: then }),
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return; // the login says so
      void message.error(error instanceof ApiError && error.problem ? error.problem.detail : problems.noAnswer, 6);
    },
    onSettled: () => {
      isBusy.current = false;
      void queries.invalidateQueries();
    },
  });
  const run = (input: Input): void => {
    if (isBusy.current) return;
    isBusy.current = true;
    mutation.mutate(input);
  };
  return { run, isRunning: mutation.isPending };
}
