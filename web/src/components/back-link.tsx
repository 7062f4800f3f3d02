import type { MouseEvent, ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useTranslations } from '../i18n/language-provider.js';

/** The key of the address with which the console was opened: there is nothing of ours before it. */
const FIRST_LOCATION_KEY = 'default';

interface BackLinkProps {
  /** Where it leads when the console was opened at this address, or in a new tab. */
  fallback: string;
  className?: string;
}

/** Goes back to the page one came from, as the browser's own button does: with its filters, its rows and its scroll. */
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
