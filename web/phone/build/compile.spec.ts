import { describe, expect, it } from '@jest/globals';
import { compileWxml } from './wxml-compiler.ts';
import { compileWxss } from './wxss.ts';

interface Drawn {
  tag: string;
  attributes: Record<string, unknown>;
  dataset: Record<string, unknown>;
  events: Record<string, unknown>;
  key?: unknown;
  children: unknown[];
}

type Draw = (
  h: (tag: string, props: object, children: unknown[]) => Drawn,
  text: (value: unknown) => string,
  each: (list: unknown[], show: (item: unknown, index: number) => unknown) => unknown,
  data: Record<string, unknown>,
) => unknown[];

/** Runs the compiled source like the bundle does, and returns the elements. */
async function draw(wxml: string, data: Record<string, unknown> = {}): Promise<unknown[]> {
  const source = `data:text/javascript,export default ${encodeURIComponent(compileWxml(wxml, 'test.wxml'))}`;
  const { default: show } = (await import(source)) as { default: Draw };
  const h = (tag: string, props: object, children: unknown[]): Drawn => ({
    tag,
    ...(props as Omit<Drawn, 'tag' | 'children'>),
    children,
  });
  return show(h, String, (list, each) => list.map(each), data);
}

function texts(drawn: unknown): string {
  if (Array.isArray(drawn)) return drawn.map(texts).join('');
  if (typeof drawn === 'object' && drawn !== null) return texts((drawn as Drawn).children);
  if (drawn === null || drawn === undefined) return '';
  return typeof drawn === 'string' ? drawn : JSON.stringify(drawn);
}

describe('WXML compiler', () => {
  it('accepts open-type="getPhoneNumber" and rejects any other open-type', async () => {
    const [button] = (await draw(
      '<button open-type="getPhoneNumber" bindgetphonenumber="onPhone">x</button>',
    )) as Drawn[];
    expect(button).toMatchObject({
      attributes: { 'open-type': 'getPhoneNumber' },
      events: { getphonenumber: { handler: 'onPhone', isCaught: false } },
    });
    expect(() => compileWxml('\n<button open-type="share">x</button>', 'a.wxml')).toThrow('a.wxml:2');
  });

  it.each([
    ['a text', '<view>¥{{yuan}} each</view>', '¥1.50 each'],
    ['an operator', '<view>{{count > 1 && !isOff ? count + 1 : 0}}</view>', '3'],
    ['a member', '<view>{{list[1].name}}</view>', 'two'],
    ['a member of nothing', '<view>[{{nothing.at[0].all}}]</view>', '[undefined]'],
    ['a tag that looks like text', "<view>{{count < 3 ? 'few' : 'many'}}</view>", 'few'],
    ['one branch', '<view wx:if="{{isOff}}">a</view><view wx:elif="{{count}}">b</view><view wx:else>c</view>', 'b'],
    ['the other branch', '<view wx:if="{{isOff}}">a</view><text wx:else>c</text>', 'c'],
    ['a list', '<view wx:for="{{list}}" wx:key="id">{{index}}{{item.name}} </view>', '0one 1two '],
    [
      'a list within a list',
      '<block wx:for="{{list}}" wx:for-item="a"><text wx:for="{{list}}">{{a.id}}{{item.id}} </text></block>',
      '11 12 21 22 ',
    ],
    ['a list with a condition', '<view wx:for="{{list}}" wx:if="{{item.id === 2}}">{{item.name}}</view>', 'two'],
    ['a comment', '<!-- <view>no</view> --><view>yes</view>', 'yes'],
  ])('renders %s', async (_what, wxml, expected) => {
    const list = [
      { id: 1, name: 'one' },
      { id: 2, name: 'two' },
    ];
    expect(texts(await draw(wxml, { yuan: '1.50', count: 2, isOff: false, list }))).toBe(expected);
  });

  it('passes on attributes, data and events', async () => {
    const [button] = await draw('<button class="a {{b}}" disabled data-order-no="{{no}}" catchtap="onTap"/>', {
      b: 'c',
      no: 7,
    });
    expect(button).toMatchObject({
      attributes: { class: 'a c', disabled: true },
      dataset: { orderNo: 7 },
      events: { tap: { handler: 'onTap', isCaught: true } },
    });
  });

  it('uses a field or the item itself as the key of a list', async () => {
    const data = { list: [{ id: 'x' }], words: ['y'] };
    expect(await draw('<view wx:for="{{list}}" wx:key="id"/>', data)).toMatchObject([[{ key: 'x' }]]);
    expect(await draw('<view wx:for="{{words}}" wx:key="*this"/>', data)).toMatchObject([[{ key: 'y' }]]);
  });

  it.each([
    ['a call', '<view>{{list.join()}}</view>', /no CallExpression/],
    ['an assignment', '<view>{{a = 1}}</view>', /no AssignmentExpression/],
    ['two expressions', '<view>{{a); (b}}</view>', /not one expression|no expression/],
    ['a tag of the web', '<div>no</div>', /test\.wxml:1: the phone does not know <div>/],
    ['a tag that is not closed', '<view>\n<text>no</view>', /test\.wxml:2: <text> that is not closed/],
  ])('fails the build at %s', (_what, wxml, error) => {
    expect(() => compileWxml(wxml, 'test.wxml')).toThrow(error);
  });
});

describe('WXSS compiler', () => {
  it('limits rules to their page and converts rpx', () => {
    const css = compileWxss('/* a page */\npage {\n  padding: 20rpx -1.5rpx;\n}\n.pager, page.dark {\n}', '.wx-page');
    expect(css.replaceAll(/\s+/g, ' ')).toBe(
      '.wx-page { & { padding: calc(20 * var(--rpx)) calc(-1.5 * var(--rpx)); } .pager, &.dark { } } ',
    );
  });
});
