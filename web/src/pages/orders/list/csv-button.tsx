import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { useAction } from '../../../hooks/use-action.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { saveFile } from '../../../utils/save-file.js';
import { csvFileName, ordersToCsv } from './orders-to-csv.js';
import { fetchOrders, type OrderQuery, type OrderRow } from './use-orders.js';

const PAGE_SIZE = 100;
/** Orders in one file, limited by what a browser and a spreadsheet can handle. */
const MAX_ORDERS = 10_000;

/** Exports the filtered orders as a CSV file. */
export function CsvButton({ query }: { query: OrderQuery }): ReactNode {
  const t = useTranslations();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    request: () => fetchAllOrders(query),
    onSuccess: ({ orders, isCut }) => {
      saveFile(csvFileName(new Date()), new Blob([ordersToCsv(orders, t)], { type: 'text/csv;charset=utf-8' }));
      const { csvDone, csvTruncated: csvCut } = t.orders;
      void (isCut ? message.warning(csvCut(orders.length), 8) : message.success(csvDone(orders.length)));
    },
  });
  return (
    <Button icon={<DownloadOutlined />} loading={isRunning} onClick={() => run()}>
      {t.orders.csv}
    </Button>
  );
}

async function fetchAllOrders(query: OrderQuery): Promise<{ orders: OrderRow[]; isCut: boolean }> {
  const orders: OrderRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchOrders({ ...query, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });
    orders.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && orders.length < MAX_ORDERS);
  return { orders, isCut: cursor !== undefined };
}
