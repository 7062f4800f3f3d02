import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { MonthPage } from './calendar/month-page.js';
import { DayPage } from './day/day-page.js';

/** The calendar of WeChat's bills, or the day in the URL. */
export default function BillsPage(): ReactNode {
  const { date } = useParams();
  return date === undefined ? <MonthPage /> : <DayPage key={date} date={date} />;
}
