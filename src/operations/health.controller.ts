import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  HealthCheck,
  type HealthCheckResult,
  HealthCheckService,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';
import { SessionStore } from '../auth/session-store.js';
import { ClockMonitor } from '../common/clock-monitor.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** For load balancers and supervisors. */
@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly clockWatch: ClockMonitor,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'The process is up' })
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { enum: ['ok'] } } } })
  liveness(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 `SERVICE_UNAVAILABLE` while database or session store do not answer: send nobody here. */
  @Get('readyz')
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({ summary: 'Database and session store answer' })
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { enum: ['ok'] } } } })
  @ProblemResponses('SERVICE_UNAVAILABLE')
  readiness(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.probe('database', () => this.unitOfWork.read((manager) => manager.query('SELECT 1'))),
      () => this.probe('sessions', () => this.sessions.ping()),
      () => this.clock(),
    ]);
  }

  /** A wrong clock is a warning: the other instances run on the same time, or on a worse one. */
  private clock(): HealthIndicatorResult {
    const indicator = this.indicators.check('clock');
    const warning = this.clockWatch.untrustedReason;
    return warning === null ? indicator.up() : indicator.up({ warning });
  }

  private async probe(name: string, ask: () => Promise<unknown>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      await ask();
      return indicator.up();
    } catch {
      return indicator.down();
    }
  }
}
