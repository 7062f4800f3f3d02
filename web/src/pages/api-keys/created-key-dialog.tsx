import { Alert, Button, Modal, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.js';
import { useTranslations } from '../../i18n/language-provider.js';

interface CreatedKeyDialogProps {
  apiKey: Schemas['NewApiKeyView'];
  onClose: () => void;
}

/** Shows the new key once. Only its button closes the dialog, because the key cannot be shown again. */
export function CreatedKeyDialog({ apiKey: { name, key }, onClose }: CreatedKeyDialogProps): ReactNode {
  const { common, apiKeys: t } = useTranslations();
  return (
    <Modal
      open
      title={t.createdTitle(name)}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t.saved}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t.shownOnce} />
      <p>
        <Typography.Text
          className="mono breakable"
          copyable={{ text: key, tooltips: [common.copy, common.copied], tabIndex: 0 }}
        >
          {key}
        </Typography.Text>
      </p>
      <p className="quiet">{t.whereToStore}</p>
    </Modal>
  );
}
