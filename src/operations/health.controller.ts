import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  HealthCheck,
  type HealthCheckResult,
  HealthCheckService,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';
import { SessionStore } from '../auth/session/session-store.js';
import { ClockMonitor } from '../common/time/clock-monitor.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** Health endpoints for load balancers and supervisors. */
@ApiTags('operations')
@Controller()
@RoutesFor('ANYONE')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly clockWatch: ClockMonitor,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'Liveness: the process is running' })
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { enum: ['ok'] } } } })
  liveness(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * 503 `SERVICE_UNAVAILABLE` while the database or the session store does not respond: route no traffic to this
   * instance.
   */
  @Get('readyz')
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({ summary: 'Readiness: database and session store response' })
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { enum: ['ok'] } } } })
  @ProblemResponses('SERVICE_UNAVAILABLE')
  readiness(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.probe('database', () => this.unitOfWork.read((manager) => manager.query('SELECT 1'))),
      () => this.probe('sessions', () => this.sessions.ping()),
      () => this.clock(),
    ]);
  }

  /** A wrong clock is only a warning: the other instances may have the same clock or a worse one. */
  private clock(): HealthIndicatorResult {
    const indicator = this.indicators.check('clock');
    const warning = this.clockWatch.untrustedReason;
    return warning === null ? indicator.up() : indicator.up({ warning });
  }

  private async probe(name: string, ping: () => Promise<unknown>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      await ping();
      return indicator.up();
    } catch {
      return indicator.down();
    }
  }
}
