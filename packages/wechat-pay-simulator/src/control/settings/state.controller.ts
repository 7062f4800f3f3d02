import { NumberField } from '../../field-decorators.js';
import { Body, Controller, Get, Put, ValidationPipe } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProperty, ApiTags, PartialType } from '@nestjs/swagger';
import { SimulatorClock } from '../../clock.js';
import { Behaviours } from '../../state/behaviours.js';
import { BehaviourSettings } from '../../state/behaviour-settings.js';
import type { Plain } from '../api-helpers.js';

class ClockRequest {
  @NumberField(0, 1_000_000, { optional: true, description: 'Virtual seconds per real second; 0 stops the clock' })
  speed?: number;

  @NumberField(0, 400 * 86_400, { optional: true, description: 'Jump ahead by virtual seconds' })
  advanceSeconds?: number;
}

class ClockView {
  @ApiProperty({ description: 'Virtual time' }) now!: Date;
  @ApiProperty() speed!: number;
}

class BehaviourChanges extends PartialType(BehaviourSettings, { skipNullProperties: false }) {}

const VALIDATION = { whitelist: true, forbidNonWhitelisted: true, transform: true };

/** The clock and the behaviours of the simulator. */
@ApiTags('state')
@Controller('_control')
export class StateController {
  private readonly behaviourPipe = new ValidationPipe(VALIDATION);

  constructor(
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
  ) {}

  @ApiOperation({ summary: 'The virtual time' })
  @ApiOkResponse({ type: ClockView })
  @Get('clock')
  readClock() {
    return { now: this.clock.now(), speed: this.clock.speed } satisfies Plain<ClockView>;
  }

  @ApiOperation({ summary: 'Change the speed of the clock, jump ahead, or both' })
  @ApiOkResponse({ type: ClockView })
  @Put('clock')
  changeClock(@Body() { speed, advanceSeconds }: ClockRequest) {
    if (speed !== undefined) this.clock.setSpeed(speed);
    if (advanceSeconds !== undefined) this.clock.advance(advanceSeconds * 1000);
    return this.readClock();
  }

  @ApiOperation({ summary: 'How WeChat behaves where the documents do not say' })
  @ApiOkResponse({ type: BehaviourSettings })
  @Get('behaviours')
  readBehaviours(): BehaviourSettings {
    return this.behaviours.current;
  }

  @ApiOperation({ summary: 'Change the given behaviours and keep the others' })
  @ApiBody({ type: BehaviourChanges })
  @ApiOkResponse({ type: BehaviourSettings })
  @Put('behaviours')
  async changeBehaviours(@Body() changes: Record<string, unknown>): Promise<BehaviourSettings> {
    const merged: unknown = { ...this.behaviours.current, ...changes };
    const checked: unknown = await this.behaviourPipe.transform(merged, { type: 'body', metatype: BehaviourSettings });
    if (checked instanceof BehaviourSettings) this.behaviours.replace(checked);
    return this.behaviours.current;
  }
}
