type Environment = Readonly<Record<string, string | undefined>>;

/** What the simulator gives its merchant: an address for refunds, whom to trust there, and a certificate to show. PEM texts. */
export interface SimulatorConnection {
  readonly refundUrl: string;
  readonly certificates: { readonly ca: string; readonly merchant: { readonly cert: string; readonly key: string } };
}

/** A certificate of one's own, whichever way it is given. */
export const CERTIFICATE_VARIABLES = [
  'WECHAT_MCH_CERT_FILE',
  'WECHAT_MCH_KEY_FILE',
  'WECHAT_MCH_P12_FILE',
  'WECHAT_MCH_CERT_BASE64',
  'WECHAT_MCH_KEY_BASE64',
  'WECHAT_MCH_P12_BASE64',
];

/**
 * The environment of a service whose WeChat is the simulator beside it, which is known only once it runs. What somebody
 * gave stays: a certificate of one's own is shown, and with a WECHAT_PAY_BASE_URL of one's own the simulator is elsewhere.
 */
export function simulatedEnvironment(given: Environment, simulator: SimulatorConnection): Environment {
  const isGiven = (name: string): boolean => (given[name] ?? '') !== '';
  // Whoever starts with this environment has chosen the simulator, and its certificate is no sign of a live shop.
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
