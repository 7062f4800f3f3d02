import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../api/client.js';
import { useWords } from '../../words/words.js';
import { BatchDialog } from './batch-dialog.js';

export type BatchAction = 'approve' | 'reject';

interface Batch {
  action: BatchAction;
  /** As they were when the dialog opened: the list below it goes on changing. */
  refunds: Schemas['AdminRefundView'][];
}

/** What can be done with several refunds at once. */
export function BatchBar({
  refunds,
  onDone,
}: {
  refunds: Schemas['AdminRefundView'][];
  onDone: () => void;
}): ReactNode {
  const { refunds: words } = useWords();
  const [batch, setBatch] = useState<Batch | null>(null);
  const close = (isDone: boolean): void => {
    setBatch(null);
    if (isDone) onDone();
  };
  return (
    <div className="batch" role="group" aria-label={words.selected(refunds.length)}>
      <span>{words.selected(refunds.length)}</span>
      <Button type="primary" size="small" onClick={() => setBatch({ action: 'approve', refunds })}>
        {words.batchApprove}
      </Button>
      <Button danger size="small" onClick={() => setBatch({ action: 'reject', refunds })}>
        {words.batchReject}
      </Button>
      {batch && <BatchDialog {...batch} onClose={close} />}
    </div>
  );
}
