import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan, MoreThanOrEqual } from 'typeorm';
import { beijingMidnight } from '../common/beijing-time.js';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { findContradictedOrders } from '../payment/contradictions.js';
import { findUnresolvedRefunds } from '../refund/failed-refunds.js';
import { lastGoodNoticeAt } from '../payment/last-good-notice.js';
import { Refund } from '../refund/refund.entity.js';
import { MerchantCertificate } from '../wechat/merchant-certificate.js';
import { countRefunds } from './refund-count.js';
import { StuckMessages } from './stuck-messages.js';
import { countUnshipped, firstUnshipped, lastShippingWarningAt } from '../shipping/unshipped.js';
import type { RefundCount, ShippingToDoView, ToDoView } from './summary.dto.js';

/** WeChat usually says within seconds what became of a refund: longer, and somebody should look. */
const UNKNOWN_TOO_LONG_SECONDS = 600;
/** Orders whose 48 hours end first. */
const UNSHIPPED_SHOWN = 10;
const CONTRADICTED_SHOWN = 10;

/** What staff have to see to, in one look. */
@Injectable()
export class ToDo {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly certificate: MerchantCertificate,
    private readonly stuckMessages: StuckMessages,
  ) {}

  show(): Promise<ToDoView> {
    const now = this.clock.now();
    const decidedAt = LessThan(this.clock.in(-UNKNOWN_TOO_LONG_SECONDS));
    return this.unitOfWork.read(async (manager) => {
      const oldest = await manager.findOne(Refund, { where: { status: 'REQUESTED' }, order: { id: 'ASC' } });
      return {
        waiting: { ...(await countRefunds(manager, { status: 'REQUESTED' })), oldestAt: oldest?.requestedAt ?? null },
        abnormal: await countRefunds(manager, { status: 'ABNORMAL' }),
        failed: await countUnresolved(manager, now),
        contradictions: await contradictions(manager, now),
        unknown: await countRefunds(manager, { status: 'PROCESSING', waitReason: 'UNKNOWN_OUTCOME', decidedAt }),
        outOfFunds: await countRefunds(manager, { status: 'PROCESSING', waitReason: 'NOT_ENOUGH_FUNDS' }),
        automaticToday: await countRefunds(manager, {
          kind: 'AUTOMATIC',
          requestedAt: MoreThanOrEqual(beijingMidnight(now)),
        }),
        stuckMessages: await this.stuckMessages.count(manager),
        shipping: await this.shipping(manager, now),
        certificateDaysLeft: this.certificate.daysLeft(now),
        lastNoticeAt: await lastGoodNoticeAt(manager),
        now,
        wechatMode: this.settings.WECHAT_MODE,
      };
    });
  }

  /** Null where the shop owes WeChat no shipping information. */
  private async shipping(manager: EntityManager, now: Date): Promise<ShippingToDoView | null> {
    if (this.settings.SHIPPING_UPLOAD === 'off') return null;
    return {
      ...(await countUnshipped(manager, now)),
      ...(await firstUnshipped(manager, UNSHIPPED_SHOWN)),
      warnedAt: await lastShippingWarningAt(manager, now),
    };
  }
}

async function countUnresolved(manager: EntityManager, now: Date): Promise<RefundCount> {
  const failed = await findUnresolvedRefunds(manager, now);
  return { count: failed.length, amountFen: failed.reduce((sum, { amountFen }) => sum + amountFen, 0) };
}

async function contradictions(manager: EntityManager, now: Date): Promise<ToDoView['contradictions']> {
  const orders = await findContradictedOrders(manager, now);
  return { count: orders.length, orders: orders.slice(0, CONTRADICTED_SHOWN) };
}
