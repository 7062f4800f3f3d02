type Environment = Readonly<Record<string, string | undefined>>;

/** What the service needs to use the simulator for refunds: its TLS address, its CA and a merchant certificate, in PEM. */
export interface SimulatorConnection {
  readonly refundUrl: string;
  readonly certificates: { readonly ca: string; readonly merchant: { readonly cert: string; readonly key: string } };
}

/** The variables that set a merchant certificate. */
export const CERTIFICATE_VARIABLES = [
  'WECHAT_MCH_CERT_FILE',
  'WECHAT_MCH_KEY_FILE',
  'WECHAT_MCH_P12_FILE',
  'WECHAT_MCH_CERT_BASE64',
  'WECHAT_MCH_KEY_BASE64',
  'WECHAT_MCH_P12_BASE64',
];

/**
 * The environment of a service with the built-in simulator, whose addresses are known only after it has started. Variables
 * that are set are kept. A WECHAT_PAY_BASE_URL means that the simulator runs elsewhere.
 */
export function simulatedEnvironment(given: Environment, simulator: SimulatorConnection): Environment {
  const isGiven = (name: string): boolean => (given[name] ?? '') !== '';
  // Explicit, because the simulator's certificate would otherwise look like the credential of a live shop.
  const chosen = { ...given, WECHAT_MODE: 'simulator' };
  if (isGiven('WECHAT_PAY_BASE_URL')) return chosen;
  const { ca, merchant } = simulator.certificates;
  return {
    ...chosen,
    ...(!isGiven('WECHAT_PAY_CERT_BASE_URL') && { WECHAT_PAY_CERT_BASE_URL: simulator.refundUrl }),
    ...(!isGiven('WECHAT_CA_BASE64') && { WECHAT_CA_BASE64: base64(ca) }),
    ...(!CERTIFICATE_VARIABLES.some(isGiven) && {
      WECHAT_MCH_CERT_BASE64: base64(merchant.cert),
      WECHAT_MCH_KEY_BASE64: base64(merchant.key),
    }),
  };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
