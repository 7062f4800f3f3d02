import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../../i18n/language-provider.js';

export type BatchAction = 'approve' | 'reject';

/** What can be done with several refunds at once. */
export function BatchBar({ count, onStart }: { count: number; onStart: (action: BatchAction) => void }): ReactNode {
  const { refunds: words } = useTranslations();
  return (
    <div className="batch" role="group" aria-label={words.selected(count)}>
      <span>{words.selected(count)}</span>
      <Button type="primary" size="small" onClick={() => onStart('approve')}>
        {words.batchApprove}
      </Button>
      <Button danger size="small" onClick={() => onStart('reject')}>
        {words.batchReject}
      </Button>
    </div>
  );
}
