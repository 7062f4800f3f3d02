import { Type } from '@nestjs/common';
import { ApiOkResponse, ApiProperty } from '@nestjs/swagger';

/** Documents a response that is a list of these items. */
export function ApiListResponse(view: Type): MethodDecorator {
  class Items {
    @ApiProperty({ type: [view] })
    items!: unknown[];
  }
  Object.defineProperty(Items, 'name', { value: `${view.name}List` });
  return ApiOkResponse({ type: Items });
}
