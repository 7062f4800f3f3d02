import { Module } from '@nestjs/common';
import { ConsoleController } from './console.controller.js';

/** The pages that people look at, as web/ builds them. They know the service by its HTTP API alone. */
@Module({ controllers: [ConsoleController] })
export class PagesModule {}
