import { Button } from 'antd';
import { type ReactNode, useCallback, useState } from 'react';
import { lookUp } from '../../utils/look-up.js';
import { formatField, type FieldTextContext } from './format-field.js';
import type { AuditEntry } from './audit-subject.js';

/** CSS pixels of two lines of `.changes`. Higher content is collapsed. */
const COLLAPSED_HEIGHT_PX = 40;

/** The fields that differ between `before` and `after`. A field that `after` does not contain has not changed. */
export function AuditChanges({ entry, context }: { entry: AuditEntry; context: FieldTextContext }): ReactNode {
  const { before, after, subject } = entry;
  const names = Object.keys(after ?? before ?? {}).filter((name) => name !== 'id' || after?.[name] !== subject);
  const changes = names
    .map((name) => ({
      name,
      label: lookUp(context.t.audit.fields, name) ?? context.t.audit.otherField,
      was: formatField(name, before?.[name], context),
      is: formatField(name, after?.[name], context),
    }))
    .filter(({ was, is }) => was !== is);
  if (changes.length === 0) return <span className="quiet">–</span>;
  return (
    <Collapsible t={context.t.audit}>
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

/** Shows two lines, and the rest on demand. */
function Collapsible({ t, children }: { t: CollapsibleTexts; children: ReactNode }): ReactNode {
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
          {isOpen ? t.showLess : t.showAll}
        </Button>
      )}
    </>
  );
}
