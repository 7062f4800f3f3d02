/** The allowed values of the fields that are enumerations. */
export const AUDIT_ENUM_VALUES = {
  /** Of an order, a refund or an API key. */
  status: [
    ...(['PENDING', 'PAID', 'CLOSED'] as const),
    ...(['REQUESTED', 'REJECTED', 'CANCELLED', 'PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED'] as const),
    ...(['ACTIVE', 'EXPIRED', 'REVOKED'] as const),
  ],
  kind: ['EXPRESS', 'SAME_CITY', 'VIRTUAL', 'SELF_PICKUP'],
  /** Of a parcel. */
  state: ['WAITING', 'UPLOADED', 'STUCK', 'KEPT'],
  role: ['VIEWER', 'OPERATOR', 'ADMIN'],
  scopes: ['orders:read', 'orders:ship', 'refunds:write'],
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
  /** Number of buyer messages that could not be sent. */
  stuck: number;
}

export type AuditFieldName = keyof AuditFieldTypes;

const RETURN_FIELDS = ['returnStock', 'returnItems', 'returnCoupon'] as const;
const PARCEL_FIELDS = ['shipmentNo', 'kind', 'carrier', 'trackingNo', 'itemDesc', 'isLast', 'state'] as const;
const PRODUCT_FIELDS = ['id', 'name', 'description', 'priceFen', 'stock', 'imageUrl', 'onSale'] as const;
const COUPON_FIELDS = ['id', 'name', 'discountFen', 'minSpendFen', 'expiresAt'] as const;
const ACCOUNT_FIELDS = ['id', 'username', 'role', 'disabled', 'createdAt'] as const;
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
  'shipment.reship': PARCEL_FIELDS,
  'shipment.retry': PARCEL_FIELDS,
  'user.block': ['blocked'],
  'user.unblock': ['blocked'],
  'refund.approve': ['status', 'amountFen', 'note', ...RETURN_FIELDS],
  'refund.reject': ['status', 'amountFen', 'rejectReason'],
  'refund.give': ['orderNo', 'amountFen', 'reason', 'note', ...RETURN_FIELDS],
  'refund.retry': ['status'],
  'refund.abandon': ['status', 'note'],
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
