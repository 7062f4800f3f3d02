import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useAction } from '../../hooks/use-action.js';

interface DownloadButtonProps {
  text: string;
  /** Saves the file. @returns its name. */
  download: () => Promise<string>;
  onDone?: (name: string) => void;
}

/** Saves a file that only the logged-in user may read, which a plain link could not request. */
export function DownloadButton({ text, download, onDone }: DownloadButtonProps): ReactNode {
  const { run, isRunning } = useAction({ request: download, onSuccess: onDone });
  return (
    <Button icon={<DownloadOutlined />} loading={isRunning} onClick={() => run()}>
      {text}
    </Button>
  );
}
