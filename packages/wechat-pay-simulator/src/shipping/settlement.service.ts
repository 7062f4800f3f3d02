import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { ShippingEventPusher } from './shipping-event-pusher.js';
import { EXPRESS } from './parse-upload.js';
import { ORDER_STATE, PaidOrder, ShippingRecordStore } from './shipping-record-store.js';

const DAY_MS = 86_400_000;
/** Days after the shipment when the receipt is confirmed automatically. */
const [EXPRESS_DAYS, OTHER_DAYS] = [10, 2];

/**
 * From the shipment to the settlement: the buyer or a timeout confirms the receipt, and then the frozen money is
 * released.
 */
@Injectable()
export class SettlementService {
  private readonly cancellations = new Map<string, () => void>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly records: ShippingRecordStore,
    private readonly events: ShippingEventPusher,
    private readonly behaviours: Behaviours,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.cancellations.clear();
    });
  }

  /** The shipping information is complete, or the re-ship has corrected it. */
  start(order: PaidOrder): void {
    const record = this.records.get(order);
    if (record?.shippedAt === undefined) return;
    const days = record.logisticsType === EXPRESS ? EXPRESS_DAYS : OTHER_DAYS;
    const settlesAt = new Date(record.shippedAt.getTime() + days * DAY_MS);
    this.schedule(order, settlesAt, () => this.confirmReceipt(order, { isByHand: false, at: settlesAt }));
    this.events.pushShipped(order, record, settlesAt);
  }

  /**
   * Returns false when there is nothing to confirm.
   * @param at the time at which it was due; it can be earlier than now after a jump of the clock
   */
  confirmReceipt(order: PaidOrder, { isByHand, at: confirmedAt }: { isByHand: boolean; at: Date }): boolean {
    const record = this.records.get(order);
    if (record === undefined || this.records.stateOf(order) !== ORDER_STATE.SHIPPED) return false;
    this.records.save(order, { ...record, confirmedAt, isConfirmedByHand: isByHand });
    const settlesAt = new Date(confirmedAt.getTime() + this.behaviours.current.settlementSeconds * 1000);
    this.schedule(order, settlesAt, () => this.settleOrder(order, settlesAt));
    return true;
  }

  private settleOrder(order: PaidOrder, settledAt: Date): void {
    const record = this.records.get(order);
    if (record?.confirmedAt === undefined || this.records.stateOf(order) !== ORDER_STATE.RECEIPT_CONFIRMED) return;
    const settled = { ...record, settledAt };
    this.records.save(order, settled);
    this.events.pushSettled(order, settled);
  }

  /** Replaces the scheduled next step of the payment. */
  private schedule(order: PaidOrder, at: Date, run: () => void): void {
    const { transactionId } = order.transaction;
    this.cancellations.get(transactionId)?.();
    this.cancellations.set(transactionId, this.clock.schedule(at, run));
  }
}
