import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/words.js';

interface Wanted {
  value: string;
  hint: string;
  onSearch: (text: string) => void;
}

/** Searches by Enter or a click, and by emptying it. A search in the address that changes is shown here too. */
export function SearchBox({ value, hint, onSearch }: Wanted): ReactNode {
  const { common } = useWords();
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
