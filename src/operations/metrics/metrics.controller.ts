import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { bearerTokenOf } from '../../auth/user.guard.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { isEqualInConstantTime } from '../../common/constant-time.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { Settings } from '../../config/settings.js';
import { MetricsExporter } from './metrics-exporter.js';

/** Metrics of each instance for Prometheus. They contain no order numbers and no names, but should not be public. */
@ApiTags('operations')
@Controller()
@RoutesFor('ANYONE')
export class MetricsController {
  constructor(
    private readonly settings: Settings,
    private readonly metrics: MetricsExporter,
  ) {}

  /** Public unless METRICS_TOKEN is set. */
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({
    summary: 'Metrics for Prometheus',
    description: 'With `METRICS_TOKEN` set, requires `Authorization: Bearer` with that token. See docs/operations.md.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: "Prometheus' text format.", schema: { type: 'string' } })
  @ProblemResponses('UNAUTHENTICATED')
  scrape(@Req() request: FastifyRequest): Promise<string> {
    const { METRICS_TOKEN: expected } = this.settings;
    if (expected !== undefined && !isEqualInConstantTime(bearerTokenOf(request) ?? '', expected))
      throw new DomainError('UNAUTHENTICATED');
    return this.metrics.render();
  }
}
