import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useFilters } from '../hooks/use-filters.js';
import { useTranslations } from '../i18n/language-provider.js';
import { instantOfDay, isDay } from '../utils/time.js';

/** The search `q` in the URL. Searches on Enter, on a click, and when cleared. Follows a change of the URL. */
export function SearchBox({ hint }: { hint: string }): ReactNode {
  const { common } = useTranslations();
  const { get, set } = useFilters();
  const value = get('q');
  const [typed, setTyped] = useState({ text: value, for: value });
  const text = typed.for === value ? typed.text : value;
  return (
    <Input.Search
      value={text}
      placeholder={hint}
      aria-label={`${common.search}: ${hint}`}
      allowClear
      maxLength={64}
      onChange={({ target }) => setTyped({ text: target.value, for: value })}
      onSearch={(text) => set('q', text.trim())}
    />
  );
}

interface FilterSelectProps {
  /** The filter's name in the URL. */
  name: string;
  label: string;
  /** The texts of the values. */
  texts: Readonly<Record<string, string>>;
  /** True if the list may be wider than the closed select. */
  hasLongTexts?: boolean;
}

/** Selects one value of a filter, or all. */
export function FilterSelect({ name, label, texts, hasLongTexts = false }: FilterSelectProps): ReactNode {
  const { common } = useTranslations();
  const { get, set } = useFilters();
  const options = Object.entries({ '': common.all, ...texts }).map(([value, text]) => ({ value, label: text }));
  return (
    <label>
      {label}
      <Select
        value={get(name)}
        aria-label={label}
        options={options}
        popupMatchSelectWidth={!hasLongTexts}
        onChange={(value: string) => set(name, value)}
      />
    </label>
  );
}

/** The day filters in the URL as query parameters. A day is a day in the browser's time zone. */
export function useDayRange(): { from?: string; to?: string } {
  const { get } = useFilters();
  const [from, to] = [get('from'), get('to')];
  return {
    ...(isDay(from) && { from: instantOfDay(from) }),
    ...(isDay(to) && { to: instantOfDay(to, 1) }), // includes the whole last day
  };
}

/** The inputs of these two filters. */
export function DayRange(): ReactNode {
  const { common } = useTranslations();
  const { get, set } = useFilters();
  return (['from', 'to'] as const).map((name) => (
    <label key={name}>
      {common[name]}
      <Input type="date" value={get(name)} onChange={({ target }) => set(name, target.value)} />
    </label>
  ));
}
