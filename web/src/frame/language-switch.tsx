import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useLanguage } from '../i18n/language-provider.js';

/** Each language is named in that language, so that its readers can find it. */
export function LanguageSwitch(): ReactNode {
  const { language, setLanguage } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLanguage(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </Button>
  );
}
