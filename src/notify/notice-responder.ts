import { Injectable, Logger } from '@nestjs/common';
import type { NoticeReplyFormat } from '../wechat/wechat-notice.reader.js';

/** Milliseconds within which WeChat gets its answer. It waits five seconds; a later one would only be repeated at. */
const RESPONSE_TIMEOUT_MS = 4500;

/** Turns what came of a notice into the bytes that WeChat understands, in time whatever happens. */
@Injectable()
export class NoticeResponder {
  private readonly log = new Logger(NoticeResponder.name);

  /** @param work ends with null when the notice may be acknowledged, or with a short word for WeChat, which repeats it then. */
  async respond(work: Promise<string | null>, words: NoticeReplyFormat): Promise<string> {
    const refusal = await this.withTimeout(work);
    return refusal === null ? words.accepted : words.refused(refusal);
  }

  /** What is late or fails is not lost: it goes on here, and WeChat sends the notice again. */
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
