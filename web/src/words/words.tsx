import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { Locale } from 'antd/es/locale';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { speak } from '../api/client.js';
import { en } from './en.js';
import { type Words, zh } from './zh.js';

export type Language = 'zh' | 'en';

interface Speech {
  language: Language;
  words: Words;
  setLanguage: (language: Language) => void;
}

const LANGUAGES: Record<Language, { words: Words; tag: string; locale: Locale }> = {
  zh: { words: zh, tag: 'zh-CN', locale: zhCN },
  en: { words: en, tag: 'en', locale: enUS },
};
const KEPT = 'wx-checkout-language';

const SpeechContext = createContext<Speech>({ language: 'zh', words: zh, setLanguage: () => undefined });

/** Chinese unless the reader has chosen English, which this browser remembers. */
export function SpeechProvider({ children }: { children: (locale: Locale) => ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh'));
  const { words, tag, locale } = LANGUAGES[language];
  speak(tag);
  useEffect(() => {
    document.documentElement.lang = tag;
    document.title = words.app.title;
    localStorage.setItem(KEPT, language);
  }, [language, tag, words]);
  return <SpeechContext value={{ language, words, setLanguage }}>{children(locale)}</SpeechContext>;
}

export const useWords = (): Words => use(SpeechContext).words;
export const useSpeech = (): Speech => use(SpeechContext);
