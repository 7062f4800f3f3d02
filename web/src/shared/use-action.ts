import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, type FormInstance } from 'antd';
import { useRef } from 'react';
import { ApiError } from '../api/client.js';
import { useWords } from '../words/words.js';
import { sortProblem } from './field-messages.js';

export interface Action<Input> {
  /** Does nothing while the one before is under way: a second click of a double click comes before any button is grey. */
  run: (input: Input) => void;
  isRunning: boolean;
}

interface Wanted<Input, Result> {
  work: (input: Input) => Promise<Result>;
  then?: (result: Result, input: Input) => void;
  /** The form that the input comes from: what the service refuses is shown at its fields. */
  form?: FormInstance;
  /** Fields that the form calls otherwise than the service, by the service's names. */
  fieldNames?: Readonly<Record<string, string>>;
}

/** Something that changes the shop. Afterwards whatever is shown is asked for again, whether it went well or not. */
export function useAction<Input = void, Result = unknown>(wanted: Wanted<Input, Result>): Action<Input> {
  const { work, then } = wanted;
  const queries = useQueryClient();
  const showRefusal = useRefusal(wanted);
  const isBusy = useRef(false);
  const mutation = useMutation({
    mutationFn: work,
    ...(then && { onSuccess: then }),
    onError: showRefusal,
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

/** Shows a refusal at the fields that it is about, and the rest in a message. */
function useRefusal({ form, fieldNames = {} }: Pick<Wanted<never, never>, 'form' | 'fieldNames'>) {
  const { message } = App.useApp();
  const { problems } = useWords();
  return (error: Error): void => {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return; // the login says so
    const problem = error instanceof ApiError ? error.problem : null;
    if (!problem) {
      void message.error(problems.noAnswer, 6);
      return;
    }
    const shown = form ? Object.keys(form.getFieldsValue() as object) : [];
    const { atFields, elsewhere } = sortProblem(problem, shown, fieldNames, problems);
    form?.setFields(atFields.map(({ name, text }) => ({ name, errors: [text] })));
    const [first] = atFields;
    if (first) form?.scrollToField(first.name, { focus: true });
    if (elsewhere !== null) void message.error(elsewhere, 6);
  };
}
