import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../audit/audit-log.js';
import { RoutesFor } from '../../common/http/route-audience.js';
import { ProblemResponses } from '../../common/problem/problem.dto.js';
import { RefundRedirectService } from '../../refund/request/refund-redirect.service.js';
import type { RefundDestination } from '../../wechat/pay/payment-types.js';
import { AllowRole, CurrentActor } from '../accounts/staff.guard.js';
import { AdminRefundService } from './admin-refund.service.js';
import { AdminRefundView } from './admin-refund.view.js';
import { ConfirmPaidOtherwiseBody, RedirectRefundBody } from './redirect-refund.dto.js';

@ApiTags('admin: refunds')
@ApiBearerAuth('admin')
@Controller('admin/api')
@RoutesFor('STAFF')
export class RedirectRefundController {
  constructor(
    private readonly refunds: AdminRefundService,
    private readonly redirects: RefundRedirectService,
  ) {}

  @Post('refunds/:refundNo/redirect')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send the money of an `ABNORMAL` refund to the merchant, or to a debit card of the buyer',
    description:
      'Only for refunds of API v3 whose money WeChat could not pay out. Queries WeChat first. The refund becomes `SUCCEEDED` ' +
      'when WeChat reports that the money has arrived. Safe to repeat with the same destination. Another one is rejected with ' +
      '`REFUND_ALREADY_REDIRECTED`, unless WeChat has refused the first. After `MERCHANT` the buyer has no money yet: pay in ' +
      'another way, then call `confirm-paid-otherwise`.',
  })
  @ApiOkResponse({ type: AdminRefundView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'REFUND_NOT_FOUND', 'REFUND_NOT_DECIDABLE'] as const),
    ...(['REFUND_ALREADY_REDIRECTED', 'WECHAT_REJECTED', 'WECHAT_UNAVAILABLE'] as const),
  )
  async redirect(
    @Param('refundNo') refundNo: string,
    @Body() body: RedirectRefundBody,
    @CurrentActor() actor: Actor,
  ): Promise<AdminRefundView> {
    return this.refunds.viewOf(await this.redirects.redirect(refundNo, destinationOf(body), actor));
  }

  @Post('refunds/:refundNo/confirm-paid-otherwise')
  @AllowRole('OPERATOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm that the buyer of a refund whose money came back to the merchant was paid in another way',
    description: 'Only for a `SUCCEEDED` refund with the recipient `MERCHANT`. Safe to repeat: the first note stays.',
  })
  @ApiOkResponse({ type: AdminRefundView })
  @ProblemResponses(
    ...(['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'REFUND_NOT_FOUND', 'REFUND_NOT_DECIDABLE'] as const),
  )
  async confirmPaidOtherwise(
    @Param('refundNo') refundNo: string,
    @Body() { note }: ConfirmPaidOtherwiseBody,
    @CurrentActor() actor: Actor,
  ): Promise<AdminRefundView> {
    return this.refunds.viewOf(await this.redirects.confirmPaidOtherwise(refundNo, note, actor));
  }
}

function destinationOf({ to, bankType, bankAccount, realName }: RedirectRefundBody): RefundDestination {
  if (to === 'MERCHANT') return { to };
  // Validation requires all three.
  return { to, bankType: bankType ?? '', bankAccount: bankAccount ?? '', realName: realName ?? '' };
}
