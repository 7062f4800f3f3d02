import { All, Controller, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ResponseSender } from './faults/response-sender.js';
import { redactQuery } from './platform/platform-request-handler.js';
import { ExchangeLog } from './state/exchange-log.js';
import { rawBodyOf } from './http-setup.js';
import { PLAIN_SHAPE, writeXml } from './v2/wire/xml-writer.js';

/**
 * Handles every path without another controller. The real WeChat may have the call, so a client receives a refusal in
 * WeChat's own format; the list of messages shows the reason.
 */
@ApiExcludeController()
@Controller()
export class NotSimulatedController {
  constructor(
    private readonly responses: ResponseSender,
    private readonly exchangeLog: ExchangeLog,
  ) {}

  @All('*')
  async refuse(@Req() { method, url, body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { pathname: path, searchParams } = new URL(url, 'http://localhost');
    if (path.startsWith('/_control'))
      throw new NotFoundException(`The control API has no ${method} ${path}; see /_control/docs`);
    const request = [redactQuery(searchParams), rawBodyOf({ body }).toString()].filter(Boolean).join(' ');
    const entry = this.exchangeLog.start({ direction: 'received', method, path, request });
    entry.verdict = 'not simulated';
    await this.responses.send(reply, notSimulatedResponse(path), entry);
  }
}

/** A response to a call that the real WeChat may have and this simulator does not. */
interface NotSimulatedResponse {
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
 * an errcode for the platform. `V3Controller` answers for API v3.
 */
function notSimulatedResponse(path: string): NotSimulatedResponse {
  const [folder = ''] = path.split('/').filter((part) => part !== '');
  const message = `模拟器未实现该接口 (not simulated): ${path}`;
  if (XML_FOLDERS.includes(folder)) {
    const refusal = new Map([
      ['return_code', 'FAIL'],
      ['return_msg', message],
    ]);
    return { status: 200, contentType: 'text/xml; charset=utf-8', body: writeXml(refusal, PLAIN_SHAPE) };
  }
  const body = JSON.stringify({ errcode: INVALID_URL, errmsg: `invalid url: ${message}` });
  return { status: 200, contentType: 'application/json; charset=utf-8', body };
}
