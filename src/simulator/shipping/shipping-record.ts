/** One entry of `shipping_list`, as WeChat stores it. */
export interface StoredParcel {
  readonly tracking_no: string;
  readonly express_company: string;
  readonly goods_desc: string;
  /** Unix time in seconds. */
  readonly upload_time: number;
  readonly contact: Readonly<Record<string, string>>;
}

/** The shipping information of one payment. */
export interface ShippingRecord {
  logisticsType: number;
  deliveryMode: number;
  parcels: readonly StoredParcel[];
  isFinished: boolean;
  /** 0; 1 when everything is shipped; 2 after the re-ship. */
  finishCount: number;
  isReshipUsed: boolean;
  uploadedAt: Date;
  /** When everything was shipped. */
  shippedAt?: Date;
  /** True when the merchant has asked the buyer to confirm. */
  isConfirmationAsked: boolean;
  confirmedAt?: Date;
  /** True when the buyer confirmed, false when a timeout did. */
  isConfirmedByHand: boolean;
  settledAt?: Date;
}

/** `logistics_type`. */
export const EXPRESS = 1;
/** `delivery_mode`. */
export const [UNIFIED, SPLIT] = [1, 2];
