import { type ReactNode, useState } from 'react';
import { useTranslations } from '../../i18n/language-provider.js';

/** The buyer's pictures, from any host. The request has no referrer, so that the hosts do not see the console's URL. */
export function Evidence({ addresses }: { addresses: string[] }): ReactNode {
  const { refunds: t } = useTranslations();
  const safe = addresses.filter((address) => /^https?:\/\//i.test(address));
  if (safe.length === 0) return <p className="quiet">{t.noEvidence}</p>;
  return (
    <>
      <h3>{t.evidence}</h3>
      <div className="evidence">
        {safe.map((address, index) => (
          <Picture key={address} address={address} label={t.evidenceAt(index + 1)} />
        ))}
      </div>
    </>
  );
}

function Picture({ address, label }: { address: string; label: string }): ReactNode {
  const [isBroken, setBroken] = useState(false);
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title={address}>
      {isBroken ? (
        label
      ) : (
        <img src={address} alt={label} loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(true)} />
      )}
    </a>
  );
}
