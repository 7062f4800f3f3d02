import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log.js';

/** The audit log of staff and API keys. */
@Module({ providers: [AuditLog], exports: [AuditLog] })
export class AuditModule {}
