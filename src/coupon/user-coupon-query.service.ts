import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { ChoiceField } from '../common/validation/fields.js';
import { Clock } from '../common/time/clock.js';
import { cursorRowId, mapPage, type Page, pageOf, PageQuery } from '../common/paging/paging.js';
import { Coupon } from './coupon.entity.js';
import {
  type CouponStatus,
  COUPON_STATUSES,
  type UserCouponWithOrder,
  type UserCouponView,
  userCouponView,
} from './coupon.view.js';
import { UserCoupon } from './user-coupon.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ORDERS_TABLE } from './order-coupon.js';

export class CouponListQuery extends PageQuery {
  @ChoiceField(COUPON_STATUSES, { optional: true })
  readonly status?: CouponStatus;
}

/** Lists a user's coupons. A coupon's state follows from its order. */
@Injectable()
export class UserCouponQueryService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Newest first. */
  async list(userId: string, query: CouponListQuery): Promise<Page<UserCouponView>> {
    const now = this.clock.now();
    const before = cursorRowId(query);
    const rows = await this.unitOfWork.read((manager) => {
      const builder = manager
        .createQueryBuilder(UserCoupon, 'userCoupon')
        .innerJoinAndMapOne('userCoupon.terms', Coupon, 'terms', 'terms.couponId = userCoupon.couponId')
        .leftJoinAndMapOne('userCoupon.order', ORDERS_TABLE, 'couponOrder', 'couponOrder.orderNo = userCoupon.orderNo')
        .where('userCoupon.userId = :userId', { userId })
        .orderBy('userCoupon.id', 'DESC')
        .limit(query.limit + 1);
      if (before !== undefined) builder.andWhere('userCoupon.id < :before', { before });
      if (query.status !== undefined) filterByStatus(builder, query.status, now);
      return builder.getMany() as Promise<UserCouponWithOrder[]>;
    });
    return mapPage(pageOf(rows, query), (row) => userCouponView(row, now));
  }
}

/** The states in SQL; `couponStatusOf` computes the same for one row. */
function filterByStatus(builder: SelectQueryBuilder<UserCoupon>, status: CouponStatus, now: Date): void {
  switch (status) {
    case 'AVAILABLE':
      builder.andWhere('userCoupon.orderNo IS NULL AND terms.expiresAt > :now', { now });
      return;
    case 'EXPIRED':
      builder.andWhere('userCoupon.orderNo IS NULL AND terms.expiresAt <= :now', { now });
      return;
    case 'RESERVED':
      builder.andWhere("couponOrder.status <> 'PAID'");
      return;
    case 'USED':
      builder.andWhere("couponOrder.status = 'PAID'");
      return;
  }
}
