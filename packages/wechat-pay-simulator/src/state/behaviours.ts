import { Injectable } from '@nestjs/common';
import { SimulatorSettings } from '../simulator-settings.js';
import { BehaviourSettings } from './behaviour-settings.js';
import { ResetRegistry } from './reset-registry.js';

/** How the simulator behaves where the documents are silent or reports differ. It can be changed at any time. */
@Injectable()
export class Behaviours {
  private settings: BehaviourSettings;

  constructor(
    private readonly simulator: SimulatorSettings,
    resets: ResetRegistry,
  ) {
    this.settings = this.initial();
    resets.onReset(() => {
      this.settings = this.initial();
    });
  }

  get current(): Readonly<BehaviourSettings> {
    return this.settings;
  }

  replace(settings: BehaviourSettings): void {
    this.settings = settings;
  }

  private initial(): BehaviourSettings {
    return Object.assign(new BehaviourSettings(), this.simulator.behaviours);
  }
}
