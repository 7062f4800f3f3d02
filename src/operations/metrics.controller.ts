import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { bearerTokenOf } from '../auth/bearer-token.js';
import { DomainError } from '../common/domain-error.js';
import { sha256 } from '../common/ids.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { Settings } from '../config/settings.js';
import { MetricsExporter } from './metrics-exporter.js';

/** Metrics of each instance for Prometheus. They contain no order numbers and no names, but should not be public. */
@ApiTags('operations')
@Controller()
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
    if (expected !== undefined && !isSameToken(bearerTokenOf(request) ?? '', expected))
      throw new DomainError('UNAUTHENTICATED');
    return this.metrics.render();
  }
}

/** Compares in constant time, independent of the length of the given token. */
function isSameToken(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(expected)));
}
