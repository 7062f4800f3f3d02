import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { EndpointDetails } from './endpoint-details.js';
import { EndpointList } from './endpoint-list.js';

/** The endpoints that receive events, or the endpoint in the URL with its deliveries. */
export default function EventsPage(): ReactNode {
  const { endpointId } = useParams();
  return endpointId === undefined ? <EndpointList /> : <EndpointDetails key={endpointId} endpointId={endpointId} />;
}
