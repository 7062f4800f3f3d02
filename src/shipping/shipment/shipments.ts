import { Injectable } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../../common/problem/domain-error.js';
import { IfDefined } from '../../common/if-defined.js';
import { mapPage, type Page, PageQuery } from '../../common/paging/paging.js';
import { MAX_EMBEDDED_ROWS, toEmbeddedList, type EmbeddedList } from '../../common/paging/embedded-list.js';
import { findPage, OLDEST_FIRST } from '../../database/lists/find-page.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Order } from '../../order/order.entity.js';
import { Shipment } from './shipment.entity.js';

/** `?limit=` and `?cursor=` of an order's shipments. Hardly any order has more than one page. */
export class ShipmentListQuery extends PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 100 })
  @IfDefined()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  override readonly limit: number = 100;
}

/** Lists shipments. */
@Injectable()
export class Shipments {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In the order of reporting. @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async list<T>(orderNo: string, query: ShipmentListQuery, view: (shipment: Shipment) => T): Promise<Page<T>> {
    const page = await this.unitOfWork.read(async (manager) => {
      if (!(await manager.existsBy(Order, { orderNo })))
        throw new DomainError('ORDER_NOT_FOUND', { params: { orderNo } });
      return findPage(manager, Shipment, query, { where: { orderNo }, order: OLDEST_FIRST });
    });
    return mapPage(page, view);
  }
}

/** The first shipments of an order, in the order of reporting. */
export async function findFirstShipments(manager: EntityManager, orderNo: string): Promise<EmbeddedList<Shipment>> {
  const query = { limit: MAX_EMBEDDED_ROWS, withTotal: true };
  return toEmbeddedList(await findPage(manager, Shipment, query, { where: { orderNo }, order: OLDEST_FIRST }));
}
