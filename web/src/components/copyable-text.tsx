import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/language-provider.js';

/** A number with a copy button. */
export function CopyableText({ text }: { text: string | null }): ReactNode {
  const { common } = useTranslations();
  if (text === null) return <span className="quiet">–</span>;
  return (
    <Typography.Text className="mono" copyable={{ text, tooltips: [common.copy, common.copied], tabIndex: 0 }}>
      {text}
    </Typography.Text>
  );
}
