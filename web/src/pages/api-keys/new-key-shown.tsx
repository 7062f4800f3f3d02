import { Alert, Button, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.js';
import { useWords } from '../../words/words.js';

interface Wanted {
  apiKey: Schemas['NewApiKeyView'];
  onClose: () => void;
}

/** The key, once. Only its own button closes this: what a stray click has closed is lost. */
export function NewKeyShown({ apiKey: { name, key }, onClose }: Wanted): ReactNode {
  const { common, apiKeys: words } = useWords();
  return (
    <Modal
      open
      title={words.made(name)}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {words.kept}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={words.once} />
      <p>
        <Typography.Text
          className="mono breakable"
          copyable={{ text: key, tooltips: [common.copy, common.copied], tabIndex: 0 }}
        >
          {key}
        </Typography.Text>
      </p>
      <p className="quiet">{words.whereTo}</p>
    </Modal>
  );
}
