import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../../i18n/language-provider.js';

export type BatchAction = 'approve' | 'reject';

/** Actions for several selected refunds. */
export function BatchBar({ count, onStart }: { count: number; onStart: (action: BatchAction) => void }): ReactNode {
  const { refunds: t } = useTranslations();
  return (
    <div className="batch" role="group" aria-label={t.selected(count)}>
      <span>{t.selected(count)}</span>
      <Button type="primary" size="small" onClick={() => onStart('approve')}>
        {t.batchApprove}
      </Button>
      <Button danger size="small" onClick={() => onStart('reject')}>
        {t.batchReject}
      </Button>
    </div>
  );
}
