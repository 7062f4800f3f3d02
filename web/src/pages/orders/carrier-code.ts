import type { Schemas } from '../../api/client.js';

type Carrier = Schemas['CarrierView'];

/** Carrier codes that WeChat accepts: ASCII letters, digits and symbols. */
const CODE = /^[!-~](?:[ -~]*[!-~])?$/;

/** A carrier in the list of suggestions: `中通快递 · ZTO`. */
export function carrierLabel({ code, name, nameZh }: Carrier, language: 'zh' | 'en'): string {
  return `${language === 'zh' ? nameZh : name} · ${code}`;
}

/**
 * WeChat's code for the typed text, which may be a code, a carrier's name in either language, or a part of exactly one name.
 * Null if it matches no carrier, or several.
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
  if (CODE.test(typed.trim()) && !text.includes(' ')) return typed.trim(); // a code that is not in the list
  const [only, ...others] = carriers.filter((carrier) => namesOf(carrier).some((name) => name.includes(text)));
  return only && others.length === 0 ? only.code : null;
}
