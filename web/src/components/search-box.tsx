import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslations } from '../i18n/language-provider.js';

interface SearchBoxProps {
  value: string;
  hint: string;
  onSearch: (text: string) => void;
}

/** Searches on Enter, on a click, and when cleared. Follows a change of the search in the URL. */
export function SearchBox({ value, hint, onSearch }: SearchBoxProps): ReactNode {
  const { common } = useTranslations();
  const [typed, setTyped] = useState({ text: value, for: value });
  const text = typed.for === value ? typed.text : value;
  return (
    <Input.Search
      value={text}
      placeholder={hint}
      aria-label={`${common.search}: ${hint}`}
      allowClear
      maxLength={64}
      onChange={({ target }) => setTyped({ text: target.value, for: value })}
      onSearch={(text) => onSearch(text.trim())}
    />
  );
}
