import type { UnitOfWork } from '../database/unit-of-work.js';
import { PaymentAttempt } from './payment-attempt.entity.js';

/** The stored request of a payment, which the gateway needs for later calls; null when there is no such payment. */
export async function findStoredPrepayRequest(unitOfWork: UnitOfWork, outTradeNo: string): Promise<string | null> {
  const payment = await unitOfWork.read((manager) =>
    manager.findOne(PaymentAttempt, { where: { outTradeNo }, select: { id: true, request: true } }),
  );
  return payment?.request ?? null;
}
