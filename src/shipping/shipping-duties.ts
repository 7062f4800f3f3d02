import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isUniqueViolation } from '../database/database-errors.js';
import { insertRow } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ShippingDuty } from './shipping-duty.entity.js';

/** Reads what WeChat says of the shipping of orders. */
@Injectable()
export class ShippingDuties {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null while WeChat has said nothing, and the re-ship is left. */
  ofOrder(orderNo: string): Promise<ShippingDuty | null> {
    return this.unitOfWork.read((manager) => this.inside(manager, orderNo));
  }

  inside(manager: EntityManager, orderNo: string): Promise<ShippingDuty | null> {
    return manager.findOneBy(ShippingDuty, { orderNo });
  }
}

/** Makes sure that there is a row to write into. Of two first ones at once, one finds the row that the other has committed. */
export async function ensureDuty(tx: EntityManager, orderNo: string): Promise<void> {
  if (await tx.existsBy(ShippingDuty, { orderNo })) return;
  try {
    await insertRow(tx, ShippingDuty, { orderNo });
  } catch (error) {
    // Both databases undo the one statement then, and not the transaction.
    if (!isUniqueViolation(error)) throw error;
  }
}
