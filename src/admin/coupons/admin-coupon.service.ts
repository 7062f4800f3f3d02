import { Injectable } from '@nestjs/common';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import type { Actor } from '../../audit/audit-log.js';
import { Clock } from '../../common/time/clock.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { type CountedPage, mapPage } from '../../common/paging/paging.js';
import { CouponService, type GrantCouponInput } from '../../coupon/coupon.service.js';
import { Coupon } from '../../coupon/coupon.entity.js';
import { UserCoupon } from '../../coupon/user-coupon.entity.js';
import { findPage, NEWEST_FIRST } from '../../database/lists/find-page.js';
import { contains } from '../../database/lists/search-conditions.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { runOncePerKey } from '../../database/idempotency/idempotency.js';
import { Order } from '../../order/order.entity.js';
import type { AdminCouponQuery } from './admin-coupon.dto.js';
import {
  type AdminCouponView,
  adminCouponView,
  type CouponCounts,
  type GrantedCouponView,
  grantedCouponView,
} from './admin-coupon.view.js';

/** Coupons for staff, with the numbers of granted and used coupons. */
@Injectable()
export class AdminCouponService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly coupons: CouponService,
  ) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: AdminCouponQuery): Promise<CountedPage<AdminCouponView>> {
    const search = { where: searchConditions(query.q), order: NEWEST_FIRST };
    return this.unitOfWork.read(async (manager) => {
      const page = await findPage(manager, Coupon, query, search);
      const counts = await countCoupons(manager, page.items);
      return mapPage(page, (coupon) => adminCouponView(coupon, counts(coupon)));
    });
  }

  /** @throws DomainError COUPON_NOT_FOUND. */
  async getCoupon(couponId: string): Promise<AdminCouponView> {
    return this.unitOfWork.read(async (manager) => {
      const coupon = await manager.findOneBy(Coupon, { couponId });
      if (!coupon) throw new DomainError('COUPON_NOT_FOUND', { params: { couponId } });
      const counts = await countCoupons(manager, [coupon]);
      return adminCouponView(coupon, counts(coupon));
    });
  }

  /**
   * Grants a coupon to a user. The same idempotency key and body from the same staff member grant one coupon and return the
   * first response again. Without a key every call grants another coupon.
   * @throws DomainError COUPON_NOT_FOUND, USER_NOT_FOUND or IDEMPOTENCY_KEY_REUSED.
   */
  grantCoupon(actor: Actor, input: GrantCouponInput, key: string | undefined): Promise<GrantedCouponView> {
    const at = this.clock.now();
    const request = [`POST /admin/api/coupons/${input.couponId}/grant`, input.userId];
    return runOncePerKey(this.unitOfWork, { userId: actor.id, key, request, at }, async (tx) =>
      grantedCouponView(await this.coupons.grantCoupon(tx, actor, input), at),
    );
  }
}

/** Counts on every read. The orders record which coupons are used, so no stored counter can get out of step. */
async function countCoupons(manager: EntityManager, coupons: Coupon[]): Promise<(coupon: Coupon) => CouponCounts> {
  const none: CouponCounts = { granted: 0, used: 0 };
  if (coupons.length === 0) return () => none;
  const rows = await manager
    .createQueryBuilder(UserCoupon, 'userCoupon')
    .leftJoin(Order, 'couponOrder', 'couponOrder.orderNo = userCoupon.orderNo')
    .select('userCoupon.couponId', 'couponId')
    .addSelect('COUNT(*)', 'granted')
    .addSelect("COUNT(CASE WHEN couponOrder.status = 'PAID' THEN 1 END)", 'used')
    .where('userCoupon.couponId IN (:...ids)', { ids: coupons.map(({ couponId }) => couponId) })
    .groupBy('userCoupon.couponId')
    .getRawMany<{ couponId: string; granted: number | string; used: number | string }>();
  // MySQL counts in bigint, which its driver may return as a string.
  const counts = new Map(
    rows.map(({ couponId, granted, used }) => [couponId, { granted: Number(granted), used: Number(used) }]),
  );
  return ({ couponId }) => counts.get(couponId) ?? none;
}

/** The alternatives of a search, joined by OR. */
function searchConditions(q: string | undefined): FindOptionsWhere<Coupon>[] {
  return q === undefined ? [{}] : [{ couponId: q }, { name: contains(q) }];
}
