import {
  ApiOutlined,
  BarChartOutlined,
  CheckSquareOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  GiftOutlined,
  KeyOutlined,
  ReconciliationOutlined,
  RollbackOutlined,
  ShoppingOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { type ComponentType, lazy, type ReactNode } from 'react';
import type { Role } from '../auth/session.js';

/** A page of the console. Each is its own bundle, loaded on the first visit. */
export interface ConsolePage {
  path: string;
  /** Path parameter of a single record, such as `:orderNo`. */
  detail?: string;
  /** The section of its texts. */
  name:
    | 'toDo'
    | 'refunds'
    | 'orders'
    | 'products'
    | 'coupons'
    | 'bills'
    | 'dashboard'
    | 'staff'
    | 'apiKeys'
    | 'eventEndpoints'
    | 'audit';
  role: Role;
  icon: ReactNode;
  Page: ComponentType;
}

export const PAGES: ConsolePage[] = [
  {
    path: '/',
    name: 'toDo',
    role: 'VIEWER',
    icon: <CheckSquareOutlined />,
    Page: lazy(() => import('../pages/to-do/to-do-page.js')),
  },
  {
    path: '/refunds',
    detail: ':refundNo',
    name: 'refunds',
    role: 'VIEWER',
    icon: <RollbackOutlined />,
    Page: lazy(() => import('../pages/refunds/refunds-page.js')),
  },
  {
    path: '/orders',
    detail: ':orderNo',
    name: 'orders',
    role: 'VIEWER',
    icon: <FileTextOutlined />,
    Page: lazy(() => import('../pages/orders/orders-page.js')),
  },
  {
    path: '/products',
    name: 'products',
    role: 'OPERATOR',
    icon: <ShoppingOutlined />,
    Page: lazy(() => import('../pages/products/products-page.js')),
  },
  {
    path: '/coupons',
    name: 'coupons',
    role: 'OPERATOR',
    icon: <GiftOutlined />,
    Page: lazy(() => import('../pages/coupons/coupons-page.js')),
  },
  {
    path: '/bills',
    detail: ':date',
    name: 'bills',
    role: 'VIEWER',
    icon: <ReconciliationOutlined />,
    Page: lazy(() => import('../pages/bills/bills-page.js')),
  },
  {
    path: '/dashboard',
    name: 'dashboard',
    role: 'VIEWER',
    icon: <BarChartOutlined />,
    Page: lazy(() => import('../pages/dashboard/dashboard-page.js')),
  },
  {
    path: '/staff',
    name: 'staff',
    role: 'ADMIN',
    icon: <TeamOutlined />,
    Page: lazy(() => import('../pages/staff/staff-page.js')),
  },
  {
    path: '/api-keys',
    name: 'apiKeys',
    role: 'ADMIN',
    icon: <KeyOutlined />,
    Page: lazy(() => import('../pages/api-keys/api-keys-page.js')),
  },
  {
    path: '/events',
    detail: ':endpointId',
    name: 'eventEndpoints',
    role: 'ADMIN',
    icon: <ApiOutlined />,
    Page: lazy(() => import('../pages/events/events-page.js')),
  },
  {
    path: '/audit',
    name: 'audit',
    role: 'ADMIN',
    icon: <FileSearchOutlined />,
    Page: lazy(() => import('../pages/audit/audit-page.js')),
  },
];
