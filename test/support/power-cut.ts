import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource, EntityManager } from 'typeorm';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { WechatHttp } from '../../src/wechat/wechat-http.js';

/** What a step throws in an instance that has lost its power. Nothing of it reaches database or WeChat any more. */
export class PowerCut extends Error {}

/**
 * Cuts an instance's power at the n-th border between two steps: before or after one transaction, before or after one
 * exchange with WeChat. From then on it can do nothing, as after kill -9; what it had committed or sent stays.
 */
export class Fuse {
  private bordersLeft = Number.POSITIVE_INFINITY;

  /** Into a whole instance, to blow at this border. */
  static into(app: NestFastifyApplication, blowsAt: number): Fuse {
    const fuse = new Fuse();
    fuse.blowsAt(blowsAt);
    const unitOfWork = app.get(UnitOfWork);
    const http = app.get(WechatHttp);
    const run = unitOfWork.run.bind(unitOfWork);
    const exchange = http.exchange.bind(http);
    unitOfWork.run = (work) => fuse.guard(() => run(work));
    http.exchange = (call) => fuse.guard(() => exchange(call));
    return fuse;
  }

  /** Counted from now; null: never. */
  blowsAt(border: number | null): void {
    this.bordersLeft = border ?? Number.POSITIVE_INFINITY;
  }

  get hasBlown(): boolean {
    return this.bordersLeft <= 0;
  }

  /** Where one step ends and the next begins. */
  readonly border = (): void => {
    this.bordersLeft -= 1;
    if (this.hasBlown) throw new PowerCut('no power');
  };

  async guard<T>(step: () => Promise<T>): Promise<T> {
    this.border();
    const result = await step();
    this.border();
    return result;
  }
}

/** For what is put together without an instance. */
export class FusedUnitOfWork extends UnitOfWork {
  constructor(
    dataSource: DataSource,
    private readonly fuse: Fuse,
  ) {
    super(dataSource);
  }

  override run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.fuse.guard(() => super.run(work));
  }
}
