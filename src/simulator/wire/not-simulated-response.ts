import { PLAIN_SHAPE, writeXml } from './xml-writer.js';

/** A response to a call that the real WeChat may have and this simulator does not. */
export interface NotSimulatedResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** "invalid url" */
const INVALID_URL = 40_066;
/** First path segments of WeChat Pay's XML calls. */
const XML_FOLDERS = ['pay', 'secapi', 'mmpaymkttransfers', 'tools', 'deposit', 'papay', 'risk', 'xdc'];

/**
 * A refusal in WeChat's own format for this path, which a client can parse: XML with FAIL for WeChat Pay v2, JSON with
 * a code for API v3, JSON with an errcode for the platform.
 */
export function notSimulatedResponse(path: string): NotSimulatedResponse {
  const [folder = ''] = path.split('/').filter((part) => part !== '');
  const message = `模拟器未实现该接口 (not simulated): ${path}`;
  if (XML_FOLDERS.includes(folder)) {
    const refusal = new Map([
      ['return_code', 'FAIL'],
      ['return_msg', message],
    ]);
    return { status: 200, contentType: 'text/xml; charset=utf-8', body: writeXml(refusal, PLAIN_SHAPE) };
  }
  if (folder === 'v3') {
    const body = JSON.stringify({ code: 'RESOURCE_NOT_EXISTS', message });
    return { status: 404, contentType: 'application/json; charset=utf-8', body };
  }
  const body = JSON.stringify({ errcode: INVALID_URL, errmsg: `invalid url: ${message}` });
  return { status: 200, contentType: 'application/json; charset=utf-8', body };
}
