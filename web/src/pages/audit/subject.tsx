import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { lookUp, type FieldTextContext } from './format-field.js';

export type AuditEntry = Schemas['AuditView'];

/** Pages on which a subject is found, by the first word of the action. */
const SUBJECT_PATHS: Record<string, (id: string) => string> = {
  order: (id) => `/orders/${id}`,
  shipment: (id) => `/orders/${id}`,
  refund: (id) => `/refunds/${id}`,
  product: (id) => `/products?q=${id}`,
  coupon: (id) => `/coupons?q=${id}`,
  admin: (id) => `/staff?q=${id}`,
  auth: (id) => `/staff?q=${id}`,
  'api-key': (id) => `/api-keys?q=${id}`,
};

/** What the action was done to, by its name where it has one, and the way to its page where there is one. */
export function Subject({ line, reader }: { line: AuditEntry; reader: FieldTextContext }): ReactNode {
  const area = areaOf(line);
  const kind = lookUp(reader.words.audit.subjects, area);
  if (area === 'message') return kind;
  const id = subjectOf(line);
  const name = reader.names.get(id);
  const text = <span className={name === undefined ? 'mono' : 'breakable'}>{name ?? id}</span>;
  const address = subjectPath(line);
  return (
    <>
      {kind !== undefined && <span className="quiet">{kind} </span>}
      {address === undefined ? text : <Link to={address}>{text}</Link>}
    </>
  );
}

function subjectPath(line: AuditEntry): string | undefined {
  return lookUp(SUBJECT_PATHS, areaOf(line))?.(encodeURIComponent(subjectOf(line)));
}

/** `refund` of `refund.approve`. */
function areaOf({ action }: AuditEntry): string {
  return action.split('.')[0] ?? '';
}

/** A coupon that is granted has a number of its own, which no page shows: its kind is found instead. */
function subjectOf({ action, subject, after }: AuditEntry): string {
  const couponId = after?.['couponId'];
  return action === 'coupon.grant' && typeof couponId === 'string' ? couponId : subject;
}
