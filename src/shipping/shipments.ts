import { Injectable } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { type EntityManager, MoreThan } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { IfGiven } from '../common/if-given.js';
import { cursorRowId, type Page, pageOf, PageQuery } from '../common/paging.js';
import { MAX_EMBEDDED_ROWS, toEmbeddedList, type EmbeddedList } from '../common/embedded-list.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { Shipment } from './shipment.entity.js';

/** `?limit=` and `?cursor=` of an order's parcels. Hardly any order has more than one page. */
export class ShipmentListQuery extends PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 100, default: 100 })
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  override readonly limit: number = 100;
}

/** Lists parcels. */
@Injectable()
export class Shipments {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** In the order of reporting. @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async list<T>(orderNo: string, query: ShipmentListQuery, view: (shipment: Shipment) => T): Promise<Page<T>> {
    const after = cursorRowId(query);
    const rows = await this.unitOfWork.read(async (manager) => {
      if (!(await manager.existsBy(Order, { orderNo })))
        throw new DomainError('ORDER_NOT_FOUND', { params: { orderNo } });
      return findShipments(manager, orderNo, query.limit + 1, after);
    });
    return pageOf(rows, query, view);
  }
}

/** The first parcels of an order, in the order of reporting. */
export async function findFirstShipments(manager: EntityManager, orderNo: string): Promise<EmbeddedList<Shipment>> {
  const rows = await findShipments(manager, orderNo, MAX_EMBEDDED_ROWS + 1);
  return toEmbeddedList(rows, MAX_EMBEDDED_ROWS, await manager.countBy(Shipment, { orderNo }));
}

function findShipments(manager: EntityManager, orderNo: string, take: number, after?: number): Promise<Shipment[]> {
  const where = { orderNo, ...(after !== undefined && { id: MoreThan(after) }) };
  return manager.find(Shipment, { where, order: { id: 'ASC' }, take });
}
