import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { OrderDetail } from './order-detail.js';
import { OrderList } from './order-list.js';

/** All orders, or the one that the address names. */
export default function OrdersPage(): ReactNode {
  const { orderNo } = useParams();
  return orderNo === undefined ? <OrderList /> : <OrderDetail key={orderNo} orderNo={orderNo} />;
}
