import { Injectable, Logger } from '@nestjs/common';
import type { NoticeReplyFormat } from '../wechat/wechat-notice.reader.js';

/** Milliseconds. WeChat waits five seconds for an answer and would repeat the notice after a later one. */
const RESPONSE_TIMEOUT_MS = 4500;

/** Converts the result of a notice into the reply bytes of its protocol, always within the time limit. */
@Injectable()
export class NoticeResponder {
  private readonly log = new Logger(NoticeResponder.name);

  /**
   * @param work resolves to null when the notice may be acknowledged, otherwise to a short reason; WeChat then repeats the
   * notice.
   */
  async respond(work: Promise<string | null>, format: NoticeReplyFormat): Promise<string> {
    const refusal = await this.withTimeout(work);
    return refusal === null ? format.accepted : format.refused(refusal);
  }

  /** After a time-out the work continues here; after an error it is repeated, because WeChat sends the notice again. */
  private async withTimeout(work: Promise<string | null>): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, RESPONSE_TIMEOUT_MS, 'BUSY');
    });
    const answered = work.catch((error: unknown) => {
      this.log.error({ err: error }, 'A notice could not be applied; WeChat will send it again');
      return 'RETRY';
    });
    try {
      return await Promise.race([answered, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}
