/**
 * Words that this project does not use, each with the standard term to use instead. The ESLint rule beside this file searches
 * names for them; test/docs/words.spec.ts searches comments, messages, documents and the OpenAPI document.
 */
export const PRIVATE_WORDS = {
  nobody: 'no user, no caller, no account …: say who',
  somebody: 'a user, a caller, a client …: say who',
  whoever: 'a user who, the caller that …',
  whosever: 'whose',
  whatever: 'any, all, regardless of …',
  wish: 'input or request',
  wishes: 'inputs or requests',
  hearsay: 'result source',
  desk: 'service, or the console page by its name',
  news: 'notice, event or notification',
  told: 'sent, notified or configured',
  anew: 'again',
  mend: 'fix or repair',
  mends: 'fixes or repairs',
  mended: 'fixed or repaired',
  mending: 'fixing or repairing',
  dearer: 'more expensive',
  owing: 'due',
  owed: 'due or refundable',
  heard: 'received',
  hears: 'receives',
  believed: 'verified or accepted',
  believes: 'verifies or accepts',
  crew: 'group of instances',
  farewell: 'shutdown',
  giver: 'the actor by role',
  greeting: 'handler of a new user',
  patience: 'timeout, delay or deadline',
  shelf: 'store, or the list of products',
  stranger: 'unauthenticated client',
  teller: 'narrator or reporter',
  strangers: 'unauthenticated clients',
};

/**
 * Phrases, for texts only.
 * @type {[RegExp, string][]}
 */
export const PRIVATE_PHRASES = [
  [/\bno more\b(?! than)/i, 'no longer, or not again'],
  [/\bbe it\b/i, 'whether'],
  [/\bfor lack of\b/i, 'because … is missing'],
  [/\bdust settles\b/i, 'say what has ended'],
  [/\bof (our|its|their|your) own accord\b/i, 'merchant-initiated, or automatically'],
];
