import { type ReactNode, useState } from 'react';
import { useTranslations } from '../../i18n/language-provider.js';

/** The buyer's pictures, wherever they lie. Their hosts learn nothing of where they are looked at from. */
export function Evidence({ addresses }: { addresses: string[] }): ReactNode {
  const { refunds: words } = useTranslations();
  const safe = addresses.filter((address) => /^https?:\/\//i.test(address));
  if (safe.length === 0) return <p className="quiet">{words.noEvidence}</p>;
  return (
    <>
      <h3>{words.evidence}</h3>
      <div className="evidence">
        {safe.map((address, index) => (
          <Picture key={address} address={address} label={words.evidenceAt(index + 1)} />
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
