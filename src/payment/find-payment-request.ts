import type { UnitOfWork } from '../database/unit-of-work.js';
import { PaymentAttempt } from './payment-attempt.entity.js';

/** What the gateway wrote of a payment, by which it knows the payment again; null when there is none of this number. */
export async function findPaymentRequest(unitOfWork: UnitOfWork, outTradeNo: string): Promise<string | null> {
  const payment = await unitOfWork.read((manager) =>
    manager.findOne(PaymentAttempt, { where: { outTradeNo }, select: { id: true, request: true } }),
  );
  return payment?.request ?? null;
}
