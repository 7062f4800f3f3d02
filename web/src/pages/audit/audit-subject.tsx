import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { lookUp } from '../../utils/look-up.js';
import type { FieldTextContext } from './format-field.js';

export type AuditEntry = Schemas['AuditView'];

/** Pages of the targets, by the first part of the action's name. */
const SUBJECT_PATHS: Record<string, (id: string) => string> = {
  order: (id) => `/orders/${id}`,
  'payment-order': (id) => `/orders/${id}`,
  shipment: (id) => `/orders/${id}`,
  refund: (id) => `/refunds/${id}`,
  product: (id) => `/products?q=${id}`,
  coupon: (id) => `/coupons?q=${id}`,
  admin: (id) => `/staff?q=${id}`,
  auth: (id) => `/staff?q=${id}`,
  'api-key': (id) => `/api-keys?q=${id}`,
  'event-endpoint': (id) => `/events?q=${id}`,
  bill: (id) => `/bills/${id}`,
};

/** The target of the action: its name if it has one, linked to its page if there is one. */
export function AuditSubject({ entry, context }: { entry: AuditEntry; context: FieldTextContext }): ReactNode {
  const area = areaOf(entry);
  const kind = lookUp(context.t.audit.subjects, area);
  if (area === 'message') return kind;
  const id = subjectOf(entry);
  const name = context.names.get(id);
  const text = <span className={name === undefined ? 'mono' : 'breakable'}>{name ?? id}</span>;
  const address = subjectPath(entry);
  return (
    <>
      {kind !== undefined && <span className="quiet">{kind} </span>}
      {address === undefined ? text : <Link to={address}>{text}</Link>}
    </>
  );
}

function subjectPath(entry: AuditEntry): string | undefined {
  return lookUp(SUBJECT_PATHS, areaOf(entry))?.(encodeURIComponent(subjectOf(entry)));
}

/** `refund` of `refund.approve`. */
function areaOf({ action }: AuditEntry): string {
  return action.split('.')[0] ?? '';
}

/**
 * The subject of a grant is the granted coupon's ID, which no page shows. The coupon itself is used instead. A difference of a
 * bill, `2026-11-21/7`, is on the page of its day.
 */
function subjectOf({ action, subject, after }: AuditEntry): string {
  const couponId = after?.['couponId'];
  if (action === 'bill.explain') return subject.split('/', 1)[0] ?? subject;
  return action === 'coupon.grant' && typeof couponId === 'string' ? couponId : subject;
}
