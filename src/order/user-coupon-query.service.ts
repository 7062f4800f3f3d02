import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { Clock } from '../common/clock.js';
import { beforeRowId, type Page, pageOf } from '../common/paging.js';
import { Coupon } from '../coupon/coupon.entity.js';
import type { CouponStatus } from '../coupon/coupon.view.js';
import { UserCoupon } from '../coupon/user-coupon.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { CouponListQuery } from './coupon.dto.js';
import { type UserCouponWithOrder, type UserCouponView, userCouponView } from './coupon.view.js';
import { Order } from './order.entity.js';

/** Lists a user's coupons. It belongs to the order module because a coupon's state follows from its order. */
@Injectable()
export class UserCouponQueryService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Newest first. */
  async list(userId: string, query: CouponListQuery): Promise<Page<UserCouponView>> {
    const now = this.clock.now();
    const before = beforeRowId(query);
    const rows = await this.unitOfWork.read((manager) => {
      const builder = manager
        .createQueryBuilder(UserCoupon, 'mine')
        .innerJoinAndMapOne('mine.terms', Coupon, 'terms', 'terms.couponId = mine.couponId')
        .leftJoinAndMapOne('mine.holder', Order, 'holder', 'holder.orderNo = mine.orderNo')
        .where('mine.userId = :userId', { userId })
        .orderBy('mine.id', 'DESC')
        .limit(query.limit + 1);
      if (before !== undefined) builder.andWhere('mine.id < :before', { before });
      if (query.status !== undefined) filterByStatus(builder, query.status, now);
      return builder.getMany() as Promise<UserCouponWithOrder[]>;
    });
    return pageOf(rows, query, (row) => userCouponView(row, now));
  }
}

/** The states in SQL; `couponStatusOf` computes the same for one row. */
function filterByStatus(builder: SelectQueryBuilder<UserCoupon>, status: CouponStatus, now: Date): void {
  switch (status) {
    case 'AVAILABLE':
      builder.andWhere('mine.orderNo IS NULL AND terms.expiresAt > :now', { now });
      return;
    case 'EXPIRED':
      builder.andWhere('mine.orderNo IS NULL AND terms.expiresAt <= :now', { now });
      return;
    case 'RESERVED':
      builder.andWhere("holder.status <> 'PAID'");
      return;
    case 'USED':
      builder.andWhere("holder.status = 'PAID'");
      return;
  }
}
