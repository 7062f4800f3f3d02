/** The modules that build/mini-program-plugin.ts generates from examples/miniprogram. */
declare module 'virtual:mini-program' {
  import type { ReactElement, ReactNode } from 'react';

  export interface Config {
    navigationBarTitleText?: string;
    enablePullDownRefresh?: boolean;
  }

  export type Draw = (
    h: (tag: string, props: Record<string, unknown>, children: ReactNode[]) => ReactElement,
    text: (value: unknown) => string,
    each: (list: unknown, show: (item: unknown, index: number) => ReactNode) => ReactNode,
    data: Record<string, unknown>,
  ) => ReactNode[];

  export type Script = (
    wx: object,
    App: (definition: object) => void,
    Page: (definition: object) => void,
    getApp: () => object | undefined,
    require: (path: string) => unknown,
    module: { exports: unknown },
  ) => void;

  export const app: {
    pages: string[];
    window: Config;
    tabBar?: { selectedColor: string; color: string; list: { pagePath: string; text: string }[] };
  };
  export const modules: Record<string, Script>;
  export const pages: Record<string, { config: Config; draw: Draw }>;
}

declare module 'virtual:mini-program.css';
