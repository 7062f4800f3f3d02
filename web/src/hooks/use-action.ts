import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, type FormInstance } from 'antd';
import { useRef, useState } from 'react';
import { ApiError } from '../api/client.js';
import { useTranslations } from '../i18n/language-provider.js';
import { splitProblem } from '../utils/split-problem.js';

export interface Action<Input> {
  /** Does nothing while the previous run is in progress: the second click of a double click comes before the button is disabled. */
  run: (input: Input) => void;
  isRunning: boolean;
}

interface ActionOptions<Input, Result> {
  request: (input: Input) => Promise<Result>;
  /** Shown in a message. */
  successText?: string | ((result: Result, input: Input) => string) | undefined;
  onSuccess?: ((result: Result) => void) | undefined;
  /** The form of the input. Validation errors of the service are shown at its fields. */
  form?: FormInstance;
  /** Form field names that differ from the API's, by the API's names. */
  fieldNames?: Readonly<Record<string, string>> | undefined;
}

/** Runs a change through the API. Afterwards, also after an error, all cached queries are invalidated and the visible ones fetched again. */
export function useAction<Input = void, Result = unknown>(options: ActionOptions<Input, Result>): Action<Input> {
  const { request, successText, onSuccess } = options;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const showError = useShowError(options);
  const isInProgress = useRef(false);
  const mutation = useMutation({
    mutationFn: request,
    onSuccess: (result, input) => {
      const text = typeof successText === 'function' ? successText(result, input) : successText;
      if (text !== undefined) void message.success(text);
      onSuccess?.(result);
    },
    onError: showError,
    onSettled: () => {
      isInProgress.current = false;
      void queries.invalidateQueries();
    },
  });
  const run = (input: Input): void => {
    if (isInProgress.current) return;
    isInProgress.current = true;
    mutation.mutate(input);
  };
  return { run, isRunning: mutation.isPending };
}

/** One key for all requests of a component, so that repeating a request has no second effect. */
export function useIdempotencyKey(): string {
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  return key;
}

/** Shows an error at the fields that it names, and the rest in a message. */
function useShowError({ form, fieldNames = {} }: Pick<ActionOptions<never, never>, 'form' | 'fieldNames'>) {
  const { message } = App.useApp();
  const { problems } = useTranslations();
  return (error: Error): void => {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return; // the login page shows it
    const problem = error instanceof ApiError ? error.problem : null;
    if (!problem) {
      void message.error(problems.noResponse, 6);
      return;
    }
    const formNames = form ? Object.keys(form.getFieldsValue() as object) : [];
    const { fieldErrors, general } = splitProblem(problem, formNames, fieldNames, problems);
    form?.setFields(fieldErrors.map(({ name, text }) => ({ name, errors: [text] })));
    const [first] = fieldErrors;
    if (first) form?.scrollToField(first.name, { focus: true });
    if (general !== null) void message.error(general, 6);
  };
}
