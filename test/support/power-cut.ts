import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { WechatHttp } from '../../src/wechat/wechat-http.js';

/** What a step throws in an instance that has lost its power. Nothing of it reaches database or WeChat any more. */
export class PowerCut extends Error {}

/**
 * Cuts an instance's power at the n-th border between two steps: before or after one transaction, before or after one
 * exchange with WeChat. From then on it can do nothing, as after kill -9; what it had committed or sent stays.
 */
export class Fuse {
  private borders = 0;

  private constructor(private readonly blowsAt: number) {}

  static into(app: NestFastifyApplication, blowsAt: number): Fuse {
    const fuse = new Fuse(blowsAt);
    const unitOfWork = app.get(UnitOfWork);
    const http = app.get(WechatHttp);
    const run = unitOfWork.run.bind(unitOfWork);
    const exchange = http.exchange.bind(http);
    unitOfWork.run = (work) => fuse.guard(() => run(work));
    http.exchange = (call) => fuse.guard(() => exchange(call));
    return fuse;
  }

  get hasBlown(): boolean {
    return this.borders >= this.blowsAt;
  }

  private async guard<T>(step: () => Promise<T>): Promise<T> {
    this.crossBorder();
    const result = await step();
    this.crossBorder();
    return result;
  }

  private crossBorder(): void {
    this.borders += 1;
    if (this.hasBlown) throw new PowerCut('no power');
  }
}
