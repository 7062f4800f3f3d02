import type { Schemas } from '../../../api/client.js';

type Carrier = Schemas['CarrierView'];

/** Text that may be one of WeChat's carrier codes: ASCII letters, digits and symbols without a space. */
const CODE = /^[!-~]+$/;

/** A carrier in the list of suggestions: `中通快递 · ZTO`. */
export function carrierLabel({ code, name, nameZh }: Carrier, language: 'zh' | 'en'): string {
  return `${language === 'zh' ? nameZh : name} · ${code}`;
}

/**
 * WeChat's code for the typed text, which may be a code, a carrier's name in either language, or a part of exactly one name.
 * Null if it matches no carrier, or several. Latin text without a space must be a whole word of a name (`Yunda`). Otherwise
 * it is returned as the code of a carrier that is not in the list, because it may contain the same letters as a name by chance.
 */
export function carrierCode(typed: string, carriers: readonly Carrier[]): string | null {
  const text = typed.trim().toLowerCase();
  if (text === '') return null;
  const namesOf = (carrier: Carrier): string[] =>
    [carrier.code, carrier.name, carrier.nameZh, carrierLabel(carrier, 'zh'), carrierLabel(carrier, 'en')].map((name) =>
      name.toLowerCase(),
    );
  const exact = carriers.find((carrier) => namesOf(carrier).includes(text));
  if (exact) return exact.code;
  const mayBeCode = CODE.test(text);
  const matches = carriers.filter((carrier) =>
    namesOf(carrier).some((name) => (mayBeCode ? name.split(' ').includes(text) : name.includes(text))),
  );
  const [only, ...others] = matches;
  if (!only && mayBeCode) return typed.trim();
  return only && others.length === 0 ? only.code : null;
}
