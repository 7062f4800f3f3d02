import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { api, type BillRecord, unwrap } from '../../../api/client.js';
import { useAction } from '../../../hooks/use-action.js';
import { useTranslations } from '../../../i18n/language-provider.js';
import { downloadFile } from '../../../utils/save-file.js';
import { DownloadButton } from '../download-button.js';

/** Downloads and compares the day now. Repeating it is safe, so there is no confirmation. */
export function ReconcileButton({ date, isFirst }: { date: string; isFirst: boolean }): ReactNode {
  const { bills: t } = useTranslations();
  const { message } = App.useApp();
  const { run, isRunning } = useAction({
    request: () => unwrap(api.POST('/admin/api/bills/{date}/reconcile', { params: { path: { date } } })),
    onSuccess: ({ status }) => {
      const text = t.reconciledToast(t.statuses[status]);
      void (status === 'BALANCED' ? message.success(text) : message.warning(text, 6));
    },
  });
  return (
    <Button type="primary" loading={isRunning} onClick={() => run()}>
      {isFirst ? t.reconcileFirst : t.reconcile}
    </Button>
  );
}

/** WeChat's files of the day, byte for byte. */
export function FileButtons({ bill: { date, hasTradeFile, hasFundFile } }: { bill: BillRecord }): ReactNode {
  const { bills: t } = useTranslations();
  const download = (kind: 'trade' | 'fund') => () =>
    downloadFile(
      api.GET('/admin/api/bills/{date}/file', { params: { path: { date }, query: { kind } }, parseAs: 'blob' }),
    );
  return (
    <>
      {hasTradeFile && <DownloadButton text={t.tradeFile} download={download('trade')} />}
      {hasFundFile && <DownloadButton text={t.fundFile} download={download('fund')} />}
    </>
  );
}
