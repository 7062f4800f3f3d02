import { Injectable } from '@nestjs/common';
import { And, type EntityManager, In, LessThanOrEqual, MoreThan, Not, IsNull } from 'typeorm';
import { decodeCursor, encodeCursor } from '../../common/paging/paging.js';
import { validationFailed } from '../../common/validation/input.pipe.js';
import { findRow } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Event } from '../event.entity.js';
import { type EventFeedPage, type EventFeedQuery, eventView } from './event-feed.dto.js';
import { EventSequence, SEQUENCE_ID } from './event-sequence.entity.js';
import { EventSequencer } from './event-sequencer.js';

/** Positions that one call looks at, so that a rare type does not read the whole table. */
const MAX_POSITIONS_PER_CALL = 20_000;

/** The list of all events for systems that poll. */
@Injectable()
export class EventFeedService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sequencer: EventSequencer,
  ) {}

  /**
   * The events after the cursor, oldest first, including those that were committed just now.
   * @throws DomainError VALIDATION_FAILED for an invalid cursor.
   */
  async list(query: EventFeedQuery): Promise<EventFeedPage> {
    await this.sequencer.run();
    return this.unitOfWork.read(async (manager) => {
      const last = (await findRow(manager, EventSequence, ['position'], { id: SEQUENCE_ID }))?.position ?? 0;
      const after = Math.max(await findAfter(manager, query), (await findFirstPosition(manager)) - 1);
      const end = Math.min(last, after + MAX_POSITIONS_PER_CALL);
      const events = await manager.find(Event, {
        where: {
          position: And(MoreThan(after), LessThanOrEqual(end)),
          ...(query.types !== undefined && { type: In(query.types) }),
        },
        order: { position: 'ASC' },
        take: query.limit,
      });
      const isFull = events.length === query.limit;
      const next = isFull ? (events.at(-1)?.position ?? end) : Math.max(after, end);
      return {
        items: events.map(eventView),
        nextCursor: next > 0 ? encodeCursor(next.toString(36)) : null,
        hasMore: next < last,
      };
    });
  }
}

/** Earlier positions belong to deleted events. 1 without events. */
async function findFirstPosition(manager: EntityManager): Promise<number> {
  const [first] = await manager.find(Event, {
    select: { position: true },
    where: { position: Not(IsNull()) },
    order: { position: 'ASC' },
    take: 1,
  });
  return first?.position ?? 1;
}

async function findAfter(manager: EntityManager, { after, cursor, limit }: EventFeedQuery): Promise<number> {
  const given = after ?? cursor;
  if (given === undefined) return 0;
  if (given.startsWith('evt_')) {
    const event = await manager.findOne(Event, { select: { position: true }, where: { eventId: given } });
    if (event?.position !== undefined && event.position !== null) return event.position;
    throw validationFailed([
      { field: 'after', message: 'after must be a nextCursor of this list or the id of an event' },
    ]);
  }
  const [position = '0'] = decodeCursor({ limit, cursor: given }, /^[0-9a-z]{1,11}$/) ?? [];
  return Number.parseInt(position, 36);
}
