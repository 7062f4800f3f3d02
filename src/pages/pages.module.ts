import { Module } from '@nestjs/common';
import { ConsoleController } from './console.controller.js';

/** Serves the web pages built from web/. The pages use the service only through its HTTP API. */
@Module({ controllers: [ConsoleController] })
export class PagesModule {}
