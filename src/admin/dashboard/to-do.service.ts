import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan, MoreThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { beijingMidnight } from '../../common/time/beijing-time.js';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { readBillStats } from '../../bill/bill-stats.js';
import { readEventStats } from '../../event/delivery/event-stats.js';
import { findContradictedOrders } from '../../payment/event-log/contradictions.js';
import { TO_PAY_OTHERWISE } from '../../refund/read/refunds-to-pay-otherwise.js';
import { findUnresolvedRefunds } from '../../refund/read/unresolved-refunds.js';
import { lastValidNoticeAt } from '../../payment/event-log/order-event-queries.js';
import { Refund } from '../../refund/refund.entity.js';
import { MerchantCertificate } from '../../wechat/pay/certificate/merchant-certificate.js';
import { MessageRetryService } from '../notifications/message-retry.service.js';
import { countUnshipped, findFirstUnshipped, lastShippingWarningAt } from '../../shipping/unshipped.js';
import type { RefundCount, ShippingToDoView, ToDoView } from './summary.dto.js';

/** WeChat usually reports the result of a refund within seconds. After this time staff should check it. */
const UNKNOWN_OUTCOME_ALERT_SECONDS = 600;
/** Shown orders with the earliest shipping deadline. */
const MAX_UNSHIPPED_SHOWN = 10;
const MAX_CONTRADICTED_SHOWN = 10;

/** Collects the tasks that wait for staff. */
@Injectable()
export class ToDoService {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly certificate: MerchantCertificate,
    private readonly messageRetry: MessageRetryService,
  ) {}

  getToDo(): Promise<ToDoView> {
    const now = this.clock.now();
    const decidedAt = LessThan(this.clock.secondsFromNow(-UNKNOWN_OUTCOME_ALERT_SECONDS));
    return this.unitOfWork.read(async (manager) => {
      const oldest = await manager.findOne(Refund, { where: { status: 'REQUESTED' }, order: { id: 'ASC' } });
      return {
        waiting: { ...(await countRefunds(manager, { status: 'REQUESTED' })), oldestAt: oldest?.requestedAt ?? null },
        abnormal: await countRefunds(manager, { status: 'ABNORMAL' }),
        failed: await countUnresolved(manager, now),
        toPayOtherwise: await countRefunds(manager, TO_PAY_OTHERWISE),
        contradictions: await listContradictions(manager, now),
        unknown: await countRefunds(manager, { status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME', decidedAt }),
        outOfFunds: await countRefunds(manager, { status: 'PROCESSING', waitReason: 'NOT_ENOUGH_FUNDS' }),
        automaticToday: await countRefunds(manager, {
          kind: 'AUTOMATIC',
          requestedAt: MoreThanOrEqual(beijingMidnight(now)),
        }),
        stuckMessages: await this.messageRetry.count(manager),
        events: await getEventsToDo(manager),
        bills: await getBillsToDo(manager, now),
        shipping: await this.getShippingToDo(manager, now),
        certificateDaysLeft: this.certificate.daysLeft(now),
        lastNoticeAt: await lastValidNoticeAt(manager),
        now,
        wechatMode: this.settings.wechat.WECHAT_MODE,
      };
    });
  }

  /** Null when the shop does not upload shipping information. */
  private async getShippingToDo(manager: EntityManager, now: Date): Promise<ShippingToDoView | null> {
    if (this.settings.SHIPPING_UPLOAD === 'off') return null;
    return {
      ...(await countUnshipped(manager, now)),
      ...(await findFirstUnshipped(manager, MAX_UNSHIPPED_SHOWN)),
      warnedAt: await lastShippingWarningAt(manager, now),
    };
  }
}

async function getEventsToDo(manager: EntityManager): Promise<ToDoView['events']> {
  const { disabledEndpoints, failedDeliveries } = await readEventStats(manager);
  return { disabledEndpoints: disabledEndpoints.GONE, failedDeliveries };
}

async function getBillsToDo(manager: EntityManager, now: Date): Promise<ToDoView['bills']> {
  const { days, openDifferences, firstDate, isYesterdayOpen } = await readBillStats(manager, now);
  return { days: days.DIFFERENCES + days.INCOMPLETE, openDifferences, firstDate, isYesterdayOpen };
}

async function countUnresolved(manager: EntityManager, now: Date): Promise<RefundCount> {
  const failed = await findUnresolvedRefunds(manager, now);
  return { count: failed.length, amountFen: failed.reduce((sum, { amountFen }) => sum + amountFen, 0) };
}

async function listContradictions(manager: EntityManager, now: Date): Promise<ToDoView['contradictions']> {
  const orders = await findContradictedOrders(manager, now);
  return { count: orders.length, orders: orders.slice(0, MAX_CONTRADICTED_SHOWN) };
}

/** The number and total amount of the matching refunds, computed by the database. */
export async function countRefunds(manager: EntityManager, where: FindOptionsWhere<Refund>): Promise<RefundCount> {
  const [amountFen, count] = [await manager.sum(Refund, 'amountFen', where), await manager.countBy(Refund, where)];
  return { count, amountFen: amountFen ?? 0 };
}
