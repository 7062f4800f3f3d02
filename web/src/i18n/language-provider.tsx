import { Button } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { Locale } from 'antd/es/locale';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { setAcceptLanguage } from '../api/client.js';
import { en } from './en.js';
import { type Translations, zh } from './zh.js';

type Language = 'zh' | 'en';

interface LanguageState {
  language: Language;
  translations: Translations;
  setLanguage: (language: Language) => void;
}

const LANGUAGES: Record<Language, { t: Translations; tag: string; locale: Locale }> = {
  zh: { t: zh, tag: 'zh-CN', locale: zhCN },
  en: { t: en, tag: 'en', locale: enUS },
};
const STORAGE_KEY = 'wx-checkout-language';

const LanguageContext = createContext<LanguageState>({
  language: 'zh',
  translations: zh,
  setLanguage: () => undefined,
});

/** Chinese unless the reader has chosen English, which this browser remembers. */
export function LanguageProvider({ children }: { children: (locale: Locale) => ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh'));
  const { t, tag, locale } = LANGUAGES[language];
  setAcceptLanguage(tag);
  useEffect(() => {
    document.documentElement.lang = tag;
    document.title = t.app.title;
    localStorage.setItem(STORAGE_KEY, language);
  }, [language, tag, t]);
  return <LanguageContext value={{ language, translations: t, setLanguage }}>{children(locale)}</LanguageContext>;
}

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

export const useTranslations = (): Translations => use(LanguageContext).translations;
export const useLanguage = (): LanguageState => use(LanguageContext);
