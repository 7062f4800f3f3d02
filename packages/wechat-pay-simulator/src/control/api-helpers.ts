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

/**
 * The shape of a class as a plain object: responses are plain objects, and their classes exist only for the API
 * description. `satisfies Plain<WechatOrderView>` keeps both in agreement.
 */
export type Plain<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { [Name in keyof T]: Plain<T[Name]> }
      : T;
