import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource, EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { WechatHttpClient } from '../../../src/wechat/pay/wechat-http-client.js';

/** Thrown by every step of an instance that has crashed. The step does not reach the database or WeChat. */
export class SimulatedCrash extends Error {}

/**
 * Simulates a crash of an instance at the n-th boundary between two steps: before or after one transaction, before or
 * after one exchange with WeChat. Later steps fail, as after SIGKILL; what was committed or sent stays.
 */
export class CrashPoint {
  private boundariesLeft = Number.POSITIVE_INFINITY;

  /** Installs a crash point in an instance. */
  static installIn(app: NestFastifyApplication, boundary: number): CrashPoint {
    const crashPoint = new CrashPoint();
    crashPoint.crashAt(boundary);
    const unitOfWork = app.get(UnitOfWork);
    const http = app.get(WechatHttpClient);
    const run = unitOfWork.run.bind(unitOfWork);
    const exchange = http.send.bind(http);
    unitOfWork.run = (work) => crashPoint.runStep(() => run(work));
    http.send = (call) => crashPoint.runStep(() => exchange(call));
    return crashPoint;
  }

  /** Sets the boundary, counted from now; null: never. */
  crashAt(boundary: number | null): void {
    this.boundariesLeft = boundary ?? Number.POSITIVE_INFINITY;
  }

  get hasCrashed(): boolean {
    return this.boundariesLeft <= 0;
  }

  /** Called where one step ends and the next begins. */
  readonly passBoundary = (): void => {
    this.boundariesLeft -= 1;
    if (this.hasCrashed) throw new SimulatedCrash('simulated crash');
  };

  async runStep<T>(step: () => Promise<T>): Promise<T> {
    this.passBoundary();
    const result = await step();
    this.passBoundary();
    return result;
  }
}

/** A unit of work with a crash point, for tests without an instance. */
export class CrashingUnitOfWork extends UnitOfWork {
  constructor(
    dataSource: DataSource,
    private readonly crashPoint: CrashPoint,
  ) {
    super(dataSource);
  }

  override run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.crashPoint.runStep(() => super.run(work));
  }
}
