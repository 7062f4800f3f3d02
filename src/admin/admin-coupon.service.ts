import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, LessThan, Raw } from 'typeorm';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { beforeRowId, type Page, pageOf } from '../common/paging.js';
import { CouponService, type GrantCouponInput } from '../coupon/coupon.service.js';
import { Coupon } from '../coupon/coupon.entity.js';
import { UserCoupon } from '../coupon/user-coupon.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { runOncePerKey } from '../order/idempotency.js';
import { Order } from '../order/order.entity.js';
import type { AdminCouponQuery } from './admin-coupon.dto.js';
import {
  type AdminCouponView,
  adminCouponView,
  type CouponCounts,
  type GrantedCouponView,
  grantedCouponView,
} from './admin-coupon.view.js';

/** Coupon types for staff, with the numbers of granted and used coupons. */
@Injectable()
export class AdminCouponService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly coupons: CouponService,
  ) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED for a cursor of another list. */
  async list(query: AdminCouponQuery): Promise<Page<AdminCouponView> & { total?: number }> {
    const row = beforeRowId(query);
    const wanted = searchConditions(query.q);
    const where = row === undefined ? wanted : wanted.map((only) => ({ ...only, id: LessThan(row) }));
    return this.unitOfWork.read(async (manager) => {
      const coupons = await manager.find(Coupon, { where, order: { id: 'DESC' }, take: query.limit + 1 });
      const counts = await countCoupons(manager, coupons);
      const page = pageOf(coupons, query, (coupon) => adminCouponView(coupon, counts(coupon)));
      return query.withTotal ? { ...page, total: await manager.countBy(Coupon, wanted) } : page;
    });
  }

  /** @throws DomainError COUPON_NOT_FOUND. */
  async show(couponId: string): Promise<AdminCouponView> {
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
  grant(actor: Actor, input: GrantCouponInput, key: string | undefined): Promise<GrantedCouponView> {
    const at = this.clock.now();
    const request = [`POST /admin/api/coupons/${input.couponId}/grant`, input.userId];
    return runOncePerKey(this.unitOfWork, { userId: actor.id, key, request, at }, async (tx) =>
      grantedCouponView(await this.coupons.grant(tx, actor, input), at),
    );
  }
}

/** Counts on every read. The orders record which coupons are used, so no stored counter can get out of step. */
async function countCoupons(manager: EntityManager, coupons: Coupon[]): Promise<(coupon: Coupon) => CouponCounts> {
  const none: CouponCounts = { granted: 0, used: 0 };
  if (coupons.length === 0) return () => none;
  const rows = await manager
    .createQueryBuilder(UserCoupon, 'mine')
    .leftJoin(Order, 'holder', 'holder.orderNo = mine.orderNo')
    .select('mine.couponId', 'couponId')
    .addSelect('COUNT(*)', 'granted')
    .addSelect("COUNT(CASE WHEN holder.status = 'PAID' THEN 1 END)", 'used')
    .where('mine.couponId IN (:...ids)', { ids: coupons.map(({ couponId }) => couponId) })
    .groupBy('mine.couponId')
    .getRawMany<{ couponId: string; granted: number | string; used: number | string }>();
  // MySQL counts in bigint, which its driver may return as a string.
  const counts = new Map(
    rows.map(({ couponId, granted, used }) => [couponId, { granted: Number(granted), used: Number(used) }]),
  );
  return ({ couponId }) => counts.get(couponId) ?? none;
}

/** The alternatives of a search, joined by OR. The name matches case-insensitively. */
function searchConditions(q: string | undefined): FindOptionsWhere<Coupon>[] {
  if (q === undefined) return [{}];
  const part = `%${q.replaceAll(/[!%_]/g, '!$&')}%`;
  const name = Raw((column) => `LOWER(${column}) LIKE LOWER(:part) ESCAPE '!'`, { part });
  return [{ couponId: q }, { name }];
}
