import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';
import { instantOfDay, isDay } from '../utils/time.js';
import { useFilters } from '../hooks/use-filters.js';

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
  return (
    <>
      <label>
        {common.from}
        <Input type="date" value={get('from')} onChange={({ target }) => set('from', target.value)} />
      </label>
      <label>
        {common.to}
        <Input type="date" value={get('to')} onChange={({ target }) => set('to', target.value)} />
      </label>
    </>
  );
}
