import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { messageSignature } from './message-envelope.js';
import { PushSettings } from './message-pusher.js';

/** Real milliseconds within which the address must answer. */
const TIMEOUT_MS = 5000;

/** Verifies the merchant's address: it must return the echostr that it receives. */
@Injectable()
export class MessageHandshake {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
  ) {}

  async perform({ url, token }: PushSettings): Promise<{ isAccepted: boolean; status: number | null }> {
    const [timestamp, nonce] = [String(Math.floor(this.clock.now().getTime() / 1000)), this.random.digits(10)];
    const echostr = this.random.digits(19);
    const address = new URL(url);
    const query = { signature: messageSignature([token, timestamp, nonce]), echostr, timestamp, nonce };
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return { isAccepted: response.status === 200 && (await response.text()) === echostr, status: response.status };
    } catch {
      return { isAccepted: false, status: null };
    }
  }
}
