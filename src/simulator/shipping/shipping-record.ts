/** One entry of `shipping_list`, as WeChat keeps it. */
export interface StoredParcel {
  readonly tracking_no: string;
  readonly express_company: string;
  readonly goods_desc: string;
  /** Seconds. */
  readonly upload_time: number;
  readonly contact: Readonly<Record<string, string>>;
}

/** What WeChat knows of the goods of one payment. */
export interface ShippingRecord {
  logisticsType: number;
  deliveryMode: number;
  parcels: readonly StoredParcel[];
  isFinished: boolean;
  /** 0, 1 when it is whole, 2 after the re-ship. */
  finishCount: number;
  isReshipUsed: boolean;
  uploadedAt: Date;
  /** When it was whole. */
  shippedAt?: Date;
  /** Whether the merchant has asked the buyer to confirm. */
  isConfirmationAsked: boolean;
  confirmedAt?: Date;
  /** By the buyer, and not by time. */
  isConfirmedByHand: boolean;
  settledAt?: Date;
}

/** `logistics_type`. */
export const EXPRESS = 1;
/** `delivery_mode`. */
export const [UNIFIED, SPLIT] = [1, 2];
