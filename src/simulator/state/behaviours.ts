import { Injectable } from '@nestjs/common';
import { Resets } from './resets.js';
import { BehaviourSettings } from './behaviour-settings.js';

/** How this WeChat behaves where the documents are silent or the field disagrees; may change at any time. */
@Injectable()
export class Behaviours {
  private settings = new BehaviourSettings();

  constructor(resets: Resets) {
    resets.onReset(() => {
      this.settings = new BehaviourSettings();
    });
  }

  get current(): Readonly<BehaviourSettings> {
    return this.settings;
  }

  replace(settings: BehaviourSettings): void {
    this.settings = settings;
  }
}
