import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource, EntityManager } from 'typeorm';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { WechatHttpClient } from '../../src/wechat/wechat-http-client.js';

/** What a step throws in an instance that has lost its power. Nothing of it reaches database or WeChat any more. */
export class SimulatedCrash extends Error {}

/**
 * Cuts an instance's power at the n-th border between two steps: before or after one transaction, before or after one
 * exchange with WeChat. From then on it can do nothing, as after kill -9; what it had committed or sent stays.
 */
export class CrashPoint {
  private boundariesLeft = Number.POSITIVE_INFINITY;

  /** Into a whole instance, to blow at this border. */
  static installIn(app: NestFastifyApplication, blowsAt: number): CrashPoint {
    const fuse = new CrashPoint();
    fuse.blowsAt(blowsAt);
    const unitOfWork = app.get(UnitOfWork);
    const http = app.get(WechatHttpClient);
    const run = unitOfWork.run.bind(unitOfWork);
    const exchange = http.send.bind(http);
    unitOfWork.run = (work) => fuse.runStep(() => run(work));
    http.send = (call) => fuse.runStep(() => exchange(call));
    return fuse;
  }

  /** Counted from now; null: never. */
  blowsAt(border: number | null): void {
    this.boundariesLeft = border ?? Number.POSITIVE_INFINITY;
  }

  get hasCrashed(): boolean {
    return this.boundariesLeft <= 0;
  }

  /** Where one step ends and the next begins. */
  readonly border = (): void => {
    this.boundariesLeft -= 1;
    if (this.hasCrashed) throw new SimulatedCrash('no power');
  };

  async runStep<T>(step: () => Promise<T>): Promise<T> {
    this.border();
    const result = await step();
    this.border();
    return result;
  }
}

/** For what is put together without an instance. */
export class CrashingUnitOfWork extends UnitOfWork {
  constructor(
    dataSource: DataSource,
    private readonly fuse: CrashPoint,
  ) {
    super(dataSource);
  }

  override run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.fuse.runStep(() => super.run(work));
  }
}
