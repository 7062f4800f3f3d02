import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags, PickType } from '@nestjs/swagger';
import { Clock } from '../common/time/clock.js';
import { RoutesFor } from '../common/http/route-audience.js';
import { ProblemResponses } from '../common/problem/problem.dto.js';
import { apiKeyView, ApiKeyView } from './api-key.dto.js';
import type { ApiKey } from './api-key.entity.js';
import { AllowAnyKey, CurrentKey } from './server.guard.js';

/** The fields of its own key that a program can read. */
class OwnKeyView extends PickType(ApiKeyView, ['id', 'name', 'scopes', 'maxRefundFenPerDay', 'expiresAt'] as const) {}

@ApiTags('server: key')
@Controller('server/api')
@RoutesFor('API_KEYS')
export class ServerKeyController {
  constructor(private readonly clock: Clock) {}

  @Get('me')
  @AllowAnyKey()
  @ApiOperation({ summary: 'Get the API key of this call with its scopes' })
  @ApiOkResponse({ type: OwnKeyView })
  @ProblemResponses('UNAUTHENTICATED')
  showMe(@CurrentKey() key: ApiKey): OwnKeyView {
    const { id, name, scopes, maxRefundFenPerDay, expiresAt } = apiKeyView(key, this.clock.now());
    return { id, name, scopes, maxRefundFenPerDay, expiresAt };
  }
}
