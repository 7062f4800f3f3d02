import { Agent, request } from 'node:http';

/**
 * Sends wrong passwords one after the other on each of several kept-alive connections, until it is stopped or the
 * service closes them.
 */
export class LoginFlood {
  /** Number of attempts that got a response. */
  answerCount = 0;
  private isStopped = false;
  private readonly agent: Agent;
  private readonly senders: Promise<unknown>;

  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.senders = Promise.all(Array.from({ length: connections }, (_, sender) => this.sendGuesses(sender)));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.senders;
    this.agent.destroy();
  }

  private async sendGuesses(sender: number): Promise<void> {
    for (let guess = 1; !this.isStopped; guess++) {
      if (await this.sendGuess(`flood-${sender}-${guess}`)) this.answerCount += 1;
      else return;
    }
  }

  private sendGuess(username: string): Promise<boolean> {
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json' };
      const guess = request(`${this.url}/admin/api/auth/login`, { method: 'POST', agent: this.agent, headers });
      guess.once('error', () => {
        resolve(false);
      });
      guess.once('response', (response) => {
        response.resume().once('close', () => {
          resolve(response.complete);
        });
      });
      guess.end(JSON.stringify({ username, password: 'wrong' }));
    });
  }
}
