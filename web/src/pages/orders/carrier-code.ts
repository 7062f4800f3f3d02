import type { Schemas } from '../../api/client.js';

type Carrier = Schemas['CarrierView'];

/** What WeChat takes as a carrier: letters, digits and signs of ASCII. */
const CODE = /^[!-~](?:[ -~]*[!-~])?$/;

/** As the list of suggestions shows a carrier: `中通快递 · ZTO`. */
export function carrierLabel({ code, name, nameZh }: Carrier, language: 'zh' | 'en'): string {
  return `${language === 'zh' ? nameZh : name} · ${code}`;
}

/**
 * WeChat's code for what was typed: a code itself, a carrier's name in either language, or a part of just one name. Null
 * when it names no carrier, or several.
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
  if (CODE.test(typed.trim()) && !text.includes(' ')) return typed.trim(); // another code of WeChat's
  const [only, ...others] = carriers.filter((carrier) => namesOf(carrier).some((name) => name.includes(text)));
  return only && others.length === 0 ? only.code : null;
}
