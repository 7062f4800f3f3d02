import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { User } from '../auth/user.entity.js';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import { newId } from '../common/ids.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Coupon } from './coupon.entity.js';
import { couponTermsView } from './coupon.view.js';
import { UserCoupon } from './user-coupon.entity.js';

/** The terms of a coupon. */
export type CouponInput = Pick<Coupon, 'name' | 'discountFen' | 'minSpendFen' | 'expiresAt'>;

/** A granted coupon with its terms. */
export interface GrantCouponResult {
  coupon: UserCoupon;
  terms: Coupon;
}

/** Creates, changes and grants coupons. */
@Injectable()
export class CouponService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  async create(actor: Actor, input: CouponInput): Promise<Coupon> {
    const couponId = newId();
    return this.unitOfWork.run(async (tx) => {
      const existing = await tx.findOneBy(Coupon, { couponId });
      if (existing) return existing; // committed before, but the response was lost
      const coupon = tx.create(Coupon, { ...input, couponId, createdAt: this.clock.now() });
      await tx.insert(Coupon, coupon);
      const after = couponTermsView(coupon);
      await this.audit.write(tx, { actor, action: 'coupon.create', subject: couponId, before: null, after });
      return coupon;
    });
  }

  /**
   * New terms apply to all granted coupons that no order has reserved or used, so that mistakes can be corrected.
   * Orders keep their discount.
   * @throws DomainError COUPON_NOT_FOUND.
   */
  async update(actor: Actor, couponId: string, input: Partial<CouponInput>): Promise<Coupon> {
    const definedEntries = Object.entries<unknown>(input).filter(([, value]) => value !== undefined);
    const changes: Partial<CouponInput> = Object.fromEntries(definedEntries);
    return this.unitOfWork.run(async (tx) => {
      const coupon = await lockCoupon(tx, couponId);
      const before = couponTermsView(coupon);
      if (Object.keys(changes).length > 0) await tx.update(Coupon, { couponId }, changes);
      const changed = tx.create(Coupon, { ...coupon, ...changes });
      const after = couponTermsView(changed);
      if (JSON.stringify(before) !== JSON.stringify(after)) {
        await this.audit.write(tx, { actor, action: 'coupon.update', subject: couponId, before, after });
      }
      return changed;
    });
  }

  /**
   * Grants one coupon to a user, in the caller's transaction. A second call grants a second coupon.
   * @throws DomainError COUPON_NOT_FOUND or USER_NOT_FOUND.
   */
  async grantCoupon(
    tx: EntityManager,
    actor: Actor,
    { couponId, userId }: GrantCouponInput,
  ): Promise<GrantCouponResult> {
    const terms = await tx.findOneBy(Coupon, { couponId });
    if (!terms) throw new DomainError('COUPON_NOT_FOUND', { params: { couponId } });
    if (!(await tx.existsBy(User, { id: userId }))) throw new DomainError('USER_NOT_FOUND', { params: { userId } });
    const coupon = await insertUserCoupon(tx, { couponId, userId }, this.clock.now());
    const after = { couponId, userId, name: terms.name, discountFen: terms.discountFen };
    const subject = coupon.userCouponId;
    await this.audit.write(tx, { actor, action: 'coupon.grant', subject, before: null, after });
    return { coupon, terms };
  }
}

export interface GrantCouponInput {
  /** Id of the terms. */
  couponId: string;
  userId: string;
}

/** Inserts a coupon of a user. */
export async function insertUserCoupon(
  tx: EntityManager,
  input: GrantCouponInput,
  grantedAt: Date,
): Promise<UserCoupon> {
  const coupon = tx.create(UserCoupon, { ...input, userCouponId: newId(), orderNo: null, grantedAt });
  await tx.insert(UserCoupon, coupon);
  return coupon;
}

/**
 * Locks the row before the first read, because a MySQL transaction would keep returning the terms of its first read.
 */
async function lockCoupon(tx: EntityManager, couponId: string): Promise<Coupon> {
  await tx.update(Coupon, { couponId }, { discountFen: () => 'discount_fen' });
  const coupon = await tx.findOneBy(Coupon, { couponId });
  if (!coupon) throw new DomainError('COUPON_NOT_FOUND', { params: { couponId } });
  return coupon;
}
