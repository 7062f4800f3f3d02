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

/** What Prometheus scrapes, from each instance by itself. It holds no numbers of orders and no names, but it is nobody else's business. */
@ApiTags('operations')
@Controller()
export class MetricsController {
  constructor(
    private readonly settings: Settings,
    private readonly metrics: MetricsExporter,
  ) {}

  /** Open to whoever reaches it, unless METRICS_TOKEN is set. */
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({
    summary: 'Metrics for Prometheus',
    description: 'With `METRICS_TOKEN` set, only for `Authorization: Bearer` with that token. See docs/operations.md.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: "Prometheus' text format.", schema: { type: 'string' } })
  @ProblemResponses('UNAUTHENTICATED')
  scrape(@Req() request: FastifyRequest): Promise<string> {
    const { METRICS_TOKEN: wanted } = this.settings;
    if (wanted !== undefined && !isSameToken(bearerTokenOf(request) ?? '', wanted))
      throw new DomainError('UNAUTHENTICATED');
    return this.metrics.render();
  }
}

/** In a time that says nothing about how much of it was right, nor about its length. */
function isSameToken(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(wanted)));
}
