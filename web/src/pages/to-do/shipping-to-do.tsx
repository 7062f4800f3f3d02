import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { Instant, useDuration } from '../../components/status-tags.js';
import { Tile } from '../../components/tile.js';
import { useTranslations } from '../../i18n/language-provider.js';

type Shipping = NonNullable<Schemas['ToDoView']['shipping']>;

/** How many orders WeChat waits for, and of which parcels it will not hear. */
export function ShippingTiles({ shipping }: { shipping: Shipping }): ReactNode {
  const { toDo: words, shipping: names } = useTranslations();
  const { count, overdueCount, stuckUploads, stuck, warnedAt } = shipping;
  const [first] = stuck;
  const text = overdueCount > 0 ? names.overdue(overdueCount) : names.inTime;
  return (
    <>
      <Tile
        name={names.unshipped}
        value={String(count)}
        text={count > 0 ? text : words.nothing}
        tone={overdueCount > 0 ? 'urgent' : count > 0 ? 'plain' : 'calm'}
        to="/orders?shipping=unshipped"
      />
      <Tile
        name={names.stuck}
        value={String(stuckUploads)}
        text={stuckUploads > 0 ? names.stuckText : words.nothing}
        tone={stuckUploads > 0 ? 'urgent' : 'calm'}
        {...(first && { to: `/orders/${first.orderNo}` })}
      />
      {warnedAt !== null && <Tile name={names.warned} value="!" text={<Instant at={warnedAt} />} tone="urgent" />}
    </>
  );
}

/** The orders whose 48 hours end first, each with what is left of them. */
export function UnshippedOrders({ shipping, now }: { shipping: Shipping; now: string }): ReactNode {
  const { shipping: words } = useTranslations();
  const duration = useDuration();
  if (shipping.first.length === 0) return null;
  return (
    <section className="panel">
      <h2>{words.unshipped}</h2>
      <ul className="cards">
        {shipping.first.map(({ orderNo, shipBy }) => {
          const leftMs = Date.parse(shipBy) - Date.parse(now);
          const left = duration(Math.abs(leftMs) / 1000);
          return (
            <li key={orderNo} className="queue-row">
              <Link to={`/orders/${orderNo}`}>
                <span className="queue-top">
                  <span className="mono">{orderNo}</span>
                  <span className={leftMs < 0 ? 'bad' : undefined}>
                    {leftMs < 0 ? words.late(left) : words.left(left)}
                  </span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      <p>
        <Link to="/orders?shipping=unshipped">{words.unshippedAll}</Link>
      </p>
    </section>
  );
}
