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

const LANGUAGES: Record<Language, { words: Translations; tag: string; locale: Locale }> = {
  zh: { words: zh, tag: 'zh-CN', locale: zhCN },
  en: { words: en, tag: 'en', locale: enUS },
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
  const { words, tag, locale } = LANGUAGES[language];
  setAcceptLanguage(tag);
  useEffect(() => {
    document.documentElement.lang = tag;
    document.title = words.app.title;
    localStorage.setItem(STORAGE_KEY, language);
  }, [language, tag, words]);
  return <LanguageContext value={{ language, translations: words, setLanguage }}>{children(locale)}</LanguageContext>;
}

export const useTranslations = (): Translations => use(LanguageContext).translations;
export const useLanguage = (): LanguageState => use(LanguageContext);
