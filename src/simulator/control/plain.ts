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
