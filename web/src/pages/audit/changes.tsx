import { Button } from 'antd';
import { type ReactNode, useCallback, useState } from 'react';
import { formatField, lookUp, type FieldTextContext } from './format-field.js';
import type { AuditEntry } from './subject.js';

/** CSS pixels of two lines of `.changes`: what is higher is folded. */
const COLLAPSED_HEIGHT_PX = 40;

/** The fields in which before and after differ. What one of them does not speak of has not changed. */
export function Changes({ line, reader }: { line: AuditEntry; reader: FieldTextContext }): ReactNode {
  const { before, after, subject } = line;
  const names = Object.keys(after ?? before ?? {}).filter((name) => name !== 'id' || after?.[name] !== subject);
  const changes = names
    .map((name) => ({
      ...{ name, label: lookUp(reader.words.audit.fields, name) ?? reader.words.audit.otherField },
      ...{ was: formatField(name, before?.[name], reader), is: formatField(name, after?.[name], reader) },
    }))
    .filter(({ was, is }) => was !== is);
  if (changes.length === 0) return <span className="quiet">–</span>;
  return (
    <Collapsible words={reader.words.audit}>
      <ul className="changes">
        {changes.map(({ name, label, was, is }, index) => (
          <li key={name}>
            {index > 0 && ' · '}
            <span className="quiet">{label}</span> {was !== '' && <del>{was}</del>}
            {was !== '' && is !== '' && ' → '}
            {is !== '' && <ins>{is}</ins>}
          </li>
        ))}
      </ul>
    </Collapsible>
  );
}

interface CollapsibleTexts {
  showAll: string;
  showLess: string;
}

/** Two lines, and the rest on demand. */
function Collapsible({ words, children }: { words: CollapsibleTexts; children: ReactNode }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [isLong, setLong] = useState(false);
  const watch = useCallback((inner: HTMLDivElement) => {
    const observer = new ResizeObserver(() => setLong(inner.offsetHeight > COLLAPSED_HEIGHT_PX));
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <div className={isOpen ? 'fold' : 'fold is-folded'}>
        <div ref={watch}>{children}</div>
      </div>
      {isLong && (
        <Button
          type="link"
          size="small"
          className="fold-button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? words.showLess : words.showAll}
        </Button>
      )}
    </>
  );
}
