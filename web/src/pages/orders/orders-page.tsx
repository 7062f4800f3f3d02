import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { OrderDetails } from './order-details.js';
import { OrderList } from './order-list.js';

/** All orders, or the order in the URL. */
export default function OrdersPage(): ReactNode {
  const { orderNo } = useParams();
  return orderNo === undefined ? <OrderList /> : <OrderDetails key={orderNo} orderNo={orderNo} />;
}
