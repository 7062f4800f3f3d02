import { Alert, Button, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.js';
import { useTranslations } from '../../i18n/language-provider.js';

interface CreatedKeyDialogProps {
  apiKey: Schemas['NewApiKeyView'];
  onClose: () => void;
}

/** The key, once. Only its own button closes this: what a stray click has closed is lost. */
export function CreatedKeyDialog({ apiKey: { name, key }, onClose }: CreatedKeyDialogProps): ReactNode {
  const { common, apiKeys: words } = useTranslations();
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
