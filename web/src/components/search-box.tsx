import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslations } from '../i18n/language-provider.js';

interface SearchBoxProps {
  value: string;
  hint: string;
  onSearch: (text: string) => void;
}

/** Searches by Enter or a click, and by emptying it. A search in the address that changes is shown here too. */
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
      onSearch={(wanted) => onSearch(wanted.trim())}
    />
  );
}
