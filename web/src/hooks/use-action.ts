import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, type FormInstance } from 'antd';
import { useRef } from 'react';
import { ApiError } from '../api/client.js';
import { useTranslations } from '../i18n/language-provider.js';
import { splitProblem } from '../utils/split-problem.js';

export interface Action<Input> {
  /** Does nothing while the one before is under way: a second click of a double click comes before any button is grey. */
  run: (input: Input) => void;
  isRunning: boolean;
}

interface ActionOptions<Input, Result> {
  request: (input: Input) => Promise<Result>;
  onSuccess?: (result: Result, input: Input) => void;
  /** The form that the input comes from: what the service refuses is shown at its fields. */
  form?: FormInstance;
  /** Fields that the form calls otherwise than the service, by the service's names. */
  fieldNames?: Readonly<Record<string, string>>;
}

/** Something that changes the shop. Afterwards whatever is shown is asked for again, whether it went well or not. */
export function useAction<Input = void, Result = unknown>(wanted: ActionOptions<Input, Result>): Action<Input> {
  const { request: work, onSuccess: then } = wanted;
  const queries = useQueryClient();
  const showRefusal = useShowError(wanted);
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
function useShowError({ form, fieldNames = {} }: Pick<ActionOptions<never, never>, 'form' | 'fieldNames'>) {
  const { message } = App.useApp();
  const { problems } = useTranslations();
  return (error: Error): void => {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return; // the login says so
    const problem = error instanceof ApiError ? error.problem : null;
    if (!problem) {
      void message.error(problems.noAnswer, 6);
      return;
    }
    const shown = form ? Object.keys(form.getFieldsValue() as object) : [];
    const { fieldErrors: atFields, general: elsewhere } = splitProblem(problem, shown, fieldNames, problems);
    form?.setFields(atFields.map(({ name, text }) => ({ name, errors: [text] })));
    const [first] = atFields;
    if (first) form?.scrollToField(first.name, { focus: true });
    if (elsewhere !== null) void message.error(elsewhere, 6);
  };
}
