/** The allowed values of the fields that are enumerations. */
export const AUDIT_ENUM_VALUES = {
  /** Of an order, a refund, an API key or an event endpoint. */
  status: [
    ...(['PENDING', 'PAID', 'CLOSED'] as const),
    ...(['REQUESTED', 'REJECTED', 'CANCELLED', 'PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED'] as const),
    ...(['ACTIVE', 'EXPIRED', 'REVOKED'] as const),
    ...(['ENABLED', 'DISABLED'] as const),
  ],
  kind: ['EXPRESS', 'SAME_CITY', 'VIRTUAL', 'SELF_PICKUP'],
  /** Of a shipment. */
  state: ['WAITING', 'UPLOADED', 'NEEDS_ATTENTION', 'NOT_REQUIRED'],
  /** Of the money of an ABNORMAL refund. */
  destination: ['MERCHANT', 'USER_BANK_CARD'],
  role: ['VIEWER', 'OPERATOR', 'ADMIN'],
  scopes: [
    ...(['orders:read', 'orders:ship', 'refunds:write', 'payments:read', 'payments:write'] as const),
    ...(['events:read', 'events:manage'] as const),
  ],
} as const;

type AuditEnumValue<Field extends keyof typeof AUDIT_ENUM_VALUES> = (typeof AUDIT_ENUM_VALUES)[Field][number];

/**
 * The fields of audit log entries. Add names but never change one, because old rows are read by these names. Amounts are in
 * fen and their names contain `Fen`; instants are in UTC and their names end in `At`.
 */
interface AuditFieldTypes {
  id: string;
  status: AuditEnumValue<'status'>;
  orderNo: string;
  merchantOrderNo: string;
  merchantRefundNo: string;
  amountFen: number;
  reason: string;
  rejectReason: string | null;
  /** Shown to staff only. */
  note: string | null;
  returnStock: boolean | null;
  returnItems: readonly { productId: string; quantity: number }[];
  returnCoupon: boolean;
  shipmentNo: number;
  kind: AuditEnumValue<'kind'>;
  /** WeChat's carrier code, or a name. */
  carrier: string | null;
  trackingNo: string | null;
  itemDesc: string;
  isLast: boolean;
  destination: AuditEnumValue<'destination'>;
  /** WeChat's code of a bank and card type, such as CMB_DEBIT. */
  bankType: string | null;
  state: AuditEnumValue<'state'>;
  name: string;
  description: string;
  priceFen: number;
  stock: number;
  imageUrl: string | null;
  onSale: boolean;
  discountFen: number;
  minSpendFen: number;
  expiresAt: Date | null;
  couponId: string;
  userId: string;
  blocked: boolean;
  username: string;
  role: AuditEnumValue<'role'>;
  disabled: boolean;
  createdAt: Date;
  prefix: string;
  scopes: readonly AuditEnumValue<'scopes'>[];
  maxRefundFenPerDay: number;
  /** The username at the time of creation. */
  createdBy: string;
  createdById: string | null;
  responsibleId: string | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  /** Of an event endpoint, without its query, which may contain a secret of the receiver. */
  url: string;
  types: readonly string[];
  previousSecretUntil: Date | null;
  /** Number of events that are delivered again, or of endpoints. */
  count: number;
  /** Number of buyer messages that could not be sent. */
  stuck: number;
}

export type AuditFieldName = keyof AuditFieldTypes;

const RETURN_FIELDS = ['returnStock', 'returnItems', 'returnCoupon'] as const;
const PARCEL_FIELDS = ['shipmentNo', 'kind', 'carrier', 'trackingNo', 'itemDesc', 'isLast', 'state'] as const;
const PRODUCT_FIELDS = ['id', 'name', 'description', 'priceFen', 'stock', 'imageUrl', 'onSale'] as const;
const COUPON_FIELDS = ['id', 'name', 'discountFen', 'minSpendFen', 'expiresAt'] as const;
const ACCOUNT_FIELDS = ['id', 'username', 'role', 'disabled', 'createdAt'] as const;
const EVENT_ENDPOINT_FIELDS = ['url', 'types', 'description', 'status'] as const;
const API_KEY_FIELDS = [
  ...(['id', 'name', 'prefix', 'scopes', 'status', 'maxRefundFenPerDay', 'createdBy', 'createdById'] as const),
  ...(['responsibleId', 'createdAt', 'lastUsedAt', 'expiresAt', 'revokedAt'] as const),
] as const;

/**
 * Every action of the audit log with the fields that its entries can have; other fields do not compile. The console has
 * texts for all actions and fields in both languages, which a test compares.
 */
export const AUDIT_FIELDS = {
  'auth.login': [],
  'auth.locked': [],
  'auth.slowed': [],
  'network.refuse': [],
  'auth.password': [],
  'order.close': ['status'],
  'order.ship': PARCEL_FIELDS,
  'payment-order.create': ['merchantOrderNo', 'amountFen', 'description', 'expiresAt'],
  'payment-order.set-payer': [],
  'payment-order.close': ['status'],
  'payment-order.reopen': ['status', 'expiresAt'],
  'shipment.reship': PARCEL_FIELDS,
  'shipment.retry': PARCEL_FIELDS,
  'user.block': ['blocked'],
  'user.unblock': ['blocked'],
  'refund.approve': ['status', 'amountFen', 'note', ...RETURN_FIELDS],
  'refund.reject': ['status', 'amountFen', 'rejectReason'],
  'refund.create': ['orderNo', 'merchantRefundNo', 'amountFen', 'reason', 'note', ...RETURN_FIELDS],
  'refund.retry': ['status'],
  'refund.abandon': ['status', 'note'],
  'refund.redirect': ['status', 'destination', 'bankType'],
  'refund.pay-otherwise': ['amountFen', 'note'],
  'message.retry': ['stuck'],
  'product.create': PRODUCT_FIELDS,
  'product.update': PRODUCT_FIELDS,
  'coupon.create': COUPON_FIELDS,
  'coupon.update': COUPON_FIELDS,
  'coupon.grant': ['couponId', 'userId', 'name', 'discountFen'],
  'admin.create': ACCOUNT_FIELDS,
  'admin.update': ACCOUNT_FIELDS,
  'admin.password': [],
  'api-key.create': API_KEY_FIELDS,
  'api-key.revoke': ['revokedAt'],
  'api-key.take-over': ['responsibleId'],
  'event-endpoint.create': EVENT_ENDPOINT_FIELDS,
  'event-endpoint.update': EVENT_ENDPOINT_FIELDS,
  'event-endpoint.delete': EVENT_ENDPOINT_FIELDS,
  'event-endpoint.rotate': ['previousSecretUntil'],
  'event-endpoint.test': [],
  'event-endpoint.replay': ['count'],
  'event.redeliver': ['count'],
  'bill.reconcile': [],
  'bill.explain': ['note'],
} as const satisfies Record<string, readonly AuditFieldName[]>;

export type AuditAction = keyof typeof AUDIT_FIELDS;

/** The fields that `before` and `after` can have for this action. */
export type AuditedFields<A extends AuditAction> = {
  readonly [K in (typeof AUDIT_FIELDS)[A][number]]?: AuditFieldTypes[K];
};

/** Rejects additional fields at compile time, such as a whole row with a secret in it. */
export type OnlyFields<Given, A extends AuditAction> = keyof Given extends never
  ? never
  : Given & Readonly<Record<Exclude<keyof Given, keyof AuditedFields<A>>, never>>;
