import type { MouseEvent, ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useTranslations } from '../i18n/language-provider.js';

/** React Router's key of the first location: the history has no console page before it. */
const FIRST_LOCATION_KEY = 'default';

interface BackLinkProps {
  /** Target when the console was opened at this URL or in a new tab. */
  fallback: string;
  className?: string;
}

/** Goes back like the browser's own button, so that filters, rows and scroll position are kept. */
export function BackLink({ fallback: otherwise, className }: BackLinkProps): ReactNode {
  const { common } = useTranslations();
  const { key } = useLocation();
  const navigate = useNavigate();
  const goBack = (event: MouseEvent): void => {
    if (key === FIRST_LOCATION_KEY || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void navigate(-1);
  };
  return (
    <Link to={otherwise} className={className} onClick={goBack}>
      ← {common.back}
    </Link>
  );
}
