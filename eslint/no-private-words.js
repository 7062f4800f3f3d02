import { PRIVATE_WORDS } from './private-words.js';

/** The words of a name: `findRefundsOf` → find, refunds, of. */
const wordsOf = (name) => name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];

/** Reports declared names that contain a word for which the field has a standard term. */
export default {
  meta: { type: 'suggestion', schema: [], messages: { private: '"{{word}}" in {{name}}: use {{instead}}.' } },
  create(context) {
    const check = (node) => {
      const word = wordsOf(node.name).find((each) => Object.hasOwn(PRIVATE_WORDS, each.toLowerCase()));
      if (word === undefined) return;
      const instead = PRIVATE_WORDS[word.toLowerCase()];
      context.report({ node, messageId: 'private', data: { word, name: node.name, instead } });
    };
    return { Identifier: check, JSXIdentifier: check, PrivateIdentifier: check };
  },
};
