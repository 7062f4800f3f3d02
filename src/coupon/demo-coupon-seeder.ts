import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UserService } from '../auth/user.service.js';
import { Clock } from '../common/time/clock.js';
import { Settings } from '../config/settings.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { insertUserCoupon } from './coupon.service.js';
import { Coupon } from './coupon.entity.js';

const WELCOME_COUPON_ID = 'DEMOWELCOME';
const YEAR_MS = 365 * 86_400_000;

/** The ids are fixed, so that two instances that start at the same time cannot both insert them. */
const DEMO_COUPONS = [
  { couponId: WELCOME_COUPON_ID, name: '新人券 Welcome', discountFen: 500, minSpendFen: 2000 },
  { couponId: 'DEMOBIG', name: '满 100 减 15', discountFen: 1500, minSpendFen: 10_000 },
];

/**
 * Inserts two demo coupons if `SEED_DEMO_DATA` is set and there are none. With the built-in simulator, new users get one at
 * their first login. Real users never get one.
 */
@Injectable()
export class DemoCouponSeeder implements OnApplicationBootstrap {
  private readonly log = new Logger(DemoCouponSeeder.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly users: UserService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings.SEED_DEMO_DATA) return;
    await this.seed();
    if (usesBuiltInSimulator(this.settings))
      this.users.onUserCreated((tx, userId) => this.grantWelcomeCoupon(tx, userId));
  }

  private async seed(): Promise<void> {
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + YEAR_MS);
    const rows = DEMO_COUPONS.map((coupon) => ({ ...coupon, createdAt, expiresAt }));
    try {
      const isSeeded = await this.unitOfWork.run(async (tx) => {
        if (await tx.exists(Coupon)) return false;
        await tx.insert(Coupon, rows);
        return true;
      });
      if (isSeeded) this.log.log(`Seeded ${rows.length} demo coupons`);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // another instance has inserted them at the same time
    }
  }

  private async grantWelcomeCoupon(tx: EntityManager, userId: string): Promise<void> {
    if (!(await tx.existsBy(Coupon, { couponId: WELCOME_COUPON_ID }))) return;
    await insertUserCoupon(tx, { couponId: WELCOME_COUPON_ID, userId }, this.clock.now());
  }
}

/** True when WeChat's API is the simulator that this process has started. */
function usesBuiltInSimulator({ wechat: { WECHAT_MODE, WECHAT_API_BASE_URL }, SIMULATOR_PORT }: Settings): boolean {
  return WECHAT_MODE === 'simulator' && new URL(WECHAT_API_BASE_URL).port === String(SIMULATOR_PORT);
}
