import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags, PickType } from '@nestjs/swagger';
import { Clock } from '../common/clock.js';
import { ProblemResponses } from '../common/problem.dto.js';
import { apiKeyView, ApiKeyView } from './api-key.dto.js';
import type { ApiKey } from './api-key.entity.js';
import { AllowAnyKey, CurrentKey } from './server.guard.js';

/** What a program may know of its own key. */
class OwnKeyView extends PickType(ApiKeyView, ['id', 'name', 'scopes', 'maxRefundFenPerDay', 'expiresAt'] as const) {}

@ApiTags('server: key')
@Controller('server/api')
export class ServerKeyController {
  constructor(private readonly clock: Clock) {}

  @Get('me')
  @AllowAnyKey()
  @ApiOperation({ summary: 'The key of this call: whether it works, and for what' })
  @ApiOkResponse({ type: OwnKeyView })
  @ProblemResponses('UNAUTHENTICATED')
  showMe(@CurrentKey() key: ApiKey): OwnKeyView {
    const { id, name, scopes, maxRefundFenPerDay, expiresAt } = apiKeyView(key, this.clock.now());
    return { id, name, scopes, maxRefundFenPerDay, expiresAt };
  }
}
