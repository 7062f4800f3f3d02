import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { Instant } from '../../components/values.js';
import { useDuration } from '../../hooks/use-duration.js';
import { Tile } from '../../components/tile.js';
import { useTranslations } from '../../i18n/language-provider.js';

type Shipping = NonNullable<Schemas['ToDoView']['shipping']>;

/** Numbers of orders to ship and of failed shipping uploads. */
export function ShippingTiles({ shipping }: { shipping: Shipping }): ReactNode {
  const { toDo: t, shipping: names } = useTranslations();
  const { count, overdueCount, stuckUploads, stuck, warnedAt } = shipping;
  const [first] = stuck;
  const text = overdueCount > 0 ? names.overdue(overdueCount) : names.onTime;
  return (
    <>
      <Tile
        name={names.unshipped}
        value={String(count)}
        text={count > 0 ? text : t.allDone}
        tone={overdueCount > 0 ? 'urgent' : count > 0 ? 'plain' : 'calm'}
        to="/orders?shipping=unshipped"
      />
      <Tile
        name={names.uploadFailed}
        value={String(stuckUploads)}
        text={stuckUploads > 0 ? names.uploadFailedText : t.allDone}
        tone={stuckUploads > 0 ? 'urgent' : 'calm'}
        {...(first && { to: `/orders/${first.orderNo}` })}
      />
      {warnedAt !== null && <Tile name={names.warned} value="!" text={<Instant at={warnedAt} />} tone="urgent" />}
    </>
  );
}

/** The orders whose 48 hours end first, with the remaining time. */
export function UnshippedOrders({ shipping, now }: { shipping: Shipping; now: string }): ReactNode {
  const { shipping: t } = useTranslations();
  const duration = useDuration();
  if (shipping.first.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t.unshipped}</h2>
      <ul className="cards">
        {shipping.first.map(({ orderNo, shipBy }) => {
          const leftMs = Date.parse(shipBy) - Date.parse(now);
          const left = duration(Math.abs(leftMs) / 1000);
          return (
            <li key={orderNo} className="list-row">
              <Link to={`/orders/${orderNo}`}>
                <span className="list-row-head">
                  <span className="mono">{orderNo}</span>
                  <span className={leftMs < 0 ? 'bad' : undefined}>
                    {leftMs < 0 ? t.timeLate(left) : t.timeLeft(left)}
                  </span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      <p>
        <Link to="/orders?shipping=unshipped">{t.unshippedAll}</Link>
      </p>
    </section>
  );
}
