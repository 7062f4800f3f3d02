import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { AdminUserView, AdminUserService } from './admin-user.service.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';

@ApiTags('admin: users')
@ApiBearerAuth('admin')
@AllowRole('OPERATOR')
@Controller('admin/api/users')
@RoutesFor('STAFF')
export class AdminUserController {
  constructor(private readonly users: AdminUserService) {}

  @Post(':id/block')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Block a buyer',
    description:
      "Ends the buyer's sessions at once and rejects logins, orders and payments. Payments already made are still " +
      'applied, and refunds remain possible. Safe to repeat.',
  })
  @ApiOkResponse({ type: AdminUserView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'USER_NOT_FOUND')
  block(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AdminUserView> {
    return this.users.blockUser(actor, id);
  }

  @Post(':id/unblock')
  @HttpCode(200)
  @ApiOperation({ summary: 'Unblock a buyer', description: 'The buyer can log in again. Safe to repeat.' })
  @ApiOkResponse({ type: AdminUserView })
  @ProblemResponses('UNAUTHENTICATED', 'FORBIDDEN', 'USER_NOT_FOUND')
  unblock(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AdminUserView> {
    return this.users.unblockUser(actor, id);
  }
}
