import { Alert, Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { CopyableText } from '../../../components/values.js';
import { useTranslations } from '../../../i18n/language-provider.js';

/** Shows a new secret once. Only its button closes the dialog, because the secret cannot be shown again. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }): ReactNode {
  const { eventEndpoints: t } = useTranslations();
  return (
    <Modal
      open
      title={t.secretTitle}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t.secretSaved}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t.secretShownOnce} />
      <p>
        <CopyableText text={secret} />
      </p>
      <p className="quiet">{t.secretUse}</p>
    </Modal>
  );
}
