import { pages } from 'virtual:mini-program';
import { createElement, Fragment, type ReactElement } from 'react';
import { CurrentPage, each, h, text } from './components.tsx';
import type { PageInstance } from './page-instance.ts';

/** Renders a page of the mini-program from its current data. */
export function PageView({ page, isHidden }: { page: PageInstance; isHidden: boolean }): ReactElement {
  const drawn = pages[page.route]?.draw(h, text, each, page.self.data) ?? [];
  const onScroll = (event: React.UIEvent<HTMLDivElement>): void => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    if (scrollTop + clientHeight > scrollHeight - 40) page.runHook('onReachBottom');
  };
  return (
    <CurrentPage value={page}>
      <div
        className="wx-scroll"
        hidden={isHidden}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label="小程序页面"
      >
        <div className="wx-page" data-route={page.route}>
          {createElement(Fragment, null, ...drawn)}
        </div>
      </div>
    </CurrentPage>
  );
}
