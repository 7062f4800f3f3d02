import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isUniqueViolation } from '../database/database-errors.js';
import { insertRow } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { WechatShippingSync } from './wechat-shipping-sync.entity.js';

/** Reads WeChat's information about the shipping of orders. */
@Injectable()
export class WechatShippingSyncStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null while WeChat has reported nothing and the re-ship is unused. */
  findByOrder(orderNo: string): Promise<WechatShippingSync | null> {
    return this.unitOfWork.read((manager) => this.findInTransaction(manager, orderNo));
  }

  findInTransaction(manager: EntityManager, orderNo: string): Promise<WechatShippingSync | null> {
    return manager.findOneBy(WechatShippingSync, { orderNo });
  }
}

/** Ensures that the order has a row. Of two concurrent calls, one finds the row that the other has committed. */
export async function ensureShippingSync(tx: EntityManager, orderNo: string): Promise<void> {
  if (await tx.existsBy(WechatShippingSync, { orderNo })) return;
  try {
    await insertRow(tx, WechatShippingSync, { orderNo });
  } catch (error) {
    // Both databases then undo only this statement, not the transaction.
    if (!isUniqueViolation(error)) throw error;
  }
}
