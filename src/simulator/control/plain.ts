/**
 * The shape of a class without the class: answers are plain objects, and their classes only exist to be documented.
 * `satisfies Plain<OrderView>` keeps the two in step.
 */
export type Plain<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { [Name in keyof T]: Plain<T[Name]> }
      : T;
