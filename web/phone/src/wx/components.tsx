import {
  createContext,
  createElement,
  Fragment,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type SyntheticEvent,
  useContext,
  useEffect,
  useRef,
} from 'react';
import type { PageInstance } from './page-instance.ts';
import { WxError } from './phone-host.ts';

interface WxEvent {
  handler: unknown;
  /** `catchtap`: nobody above hears of it. */
  isCaught: boolean;
}

interface WxProps {
  attributes: Record<string, unknown>;
  dataset: Record<string, unknown>;
  events: Record<string, WxEvent>;
  children?: ReactNode;
}

/** The page whose methods the events go to. */
export const CurrentPage = createContext<PageInstance | null>(null);

/** Makes the element that a piece of WXML stands for. What it may be is checked when the page is built. */
export function h(tag: string, { key, ...props }: Record<string, unknown>, children: ReactNode[]): ReactElement {
  const component = COMPONENTS[tag];
  const keyed = typeof key === 'string' || typeof key === 'number' ? { key } : {};
  if (component === undefined) return createElement(Fragment, keyed, ...children);
  return createElement(component, { ...(props as unknown as WxProps), ...keyed }, ...children);
}

export function each(list: unknown, show: (item: unknown, index: number) => ReactNode): ReactNode {
  return Array.isArray(list) ? list.map(show) : null;
}

/** How `{{ }}` within a text is written. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

type EmitEvent = (name: string, event: SyntheticEvent, detail?: object) => void;

/** Hands an event to the page, in WeChat's form. */
function useEvents({ events, dataset }: WxProps): EmitEvent {
  const page = useContext(CurrentPage);
  return (name, event, detail = {}) => {
    const wanted = events[name];
    if (wanted === undefined) return;
    if (wanted.isCaught) event.stopPropagation();
    const target = { dataset, id: '' };
    page?.callMethod(String(wanted.handler), {
      type: name,
      detail,
      target,
      currentTarget: target,
      timeStamp: event.timeStamp,
    });
  };
}

function common({ attributes }: WxProps, ...classes: string[]): Record<string, unknown> {
  const aria = Object.entries(attributes).filter(([name]) => name.startsWith('aria-'));
  return { className: [...classes, text(attributes['class'])].join(' ').trim(), ...Object.fromEntries(aria) };
}

/** A view that can be tapped can be reached by the keyboard, too. */
function View(props: WxProps): ReactElement {
  const tell = useEvents(props);
  const isTappable = props.events['tap'] !== undefined;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target === event.currentTarget) tell('tap', event);
  };
  const tappable = isTappable
    ? { role: 'button', tabIndex: 0, onClick: (event: SyntheticEvent) => tell('tap', event), onKeyDown }
    : {};
  return (
    <div {...common(props, 'wx-view')} {...tappable}>
      {props.children}
    </div>
  );
}

function Text(props: WxProps): ReactElement {
  const tell = useEvents(props);
  return (
    <span {...common(props, 'wx-text')} onClick={(event) => tell('tap', event)}>
      {props.children}
    </span>
  );
}

function Button(props: WxProps): ReactElement {
  const tell = useEvents(props);
  const page = useContext(CurrentPage);
  const { disabled, loading } = props.attributes;
  const onClick = (event: SyntheticEvent): void => {
    tell('tap', event);
    if (props.attributes['open-type'] !== 'getPhoneNumber') return;
    void page?.host.getPhoneNumber().then(
      ({ code }) => tell('getphonenumber', event, { errMsg: 'getPhoneNumber:ok', code }),
      (error: unknown) => {
        const errMsg = error instanceof WxError ? error.errMsg : 'getPhoneNumber:fail';
        tell('getphonenumber', event, { errMsg });
      },
    );
  };
  return (
    <button {...common(props, 'wx-button')} type="button" disabled={isOn(disabled)} onClick={onClick}>
      {isOn(loading) && <span className="wx-spinner" aria-hidden="true" />}
      {props.children}
    </button>
  );
}

function Image(props: WxProps): ReactElement {
  const mode = text(props.attributes['mode']) || 'scaleToFill';
  return <img {...common(props, 'wx-image', `wx-${mode}`)} src={text(props.attributes['src'])} alt="" />;
}

/** Shows what the page sets, and leaves alone what the user types until the page sets something else. */
function useValue<Field extends HTMLInputElement | HTMLTextAreaElement>(value: string): React.RefObject<Field | null> {
  const field = useRef<Field>(null);
  useEffect(() => {
    if (field.current && field.current.value !== value) field.current.value = value;
  }, [value]);
  return field;
}

const KEYBOARDS: Record<string, 'decimal' | 'numeric'> = { digit: 'decimal', number: 'numeric' };

function Input(props: WxProps): ReactElement {
  const tell = useEvents(props);
  const value = text(props.attributes['value']);
  const field = useValue<HTMLInputElement>(value);
  const detail = (): object => ({ value: field.current?.value ?? '' });
  return (
    <input
      {...common(props, 'wx-input')}
      ref={field}
      defaultValue={value}
      inputMode={KEYBOARDS[text(props.attributes['type'])] ?? 'text'}
      placeholder={text(props.attributes['placeholder'])}
      maxLength={Number(props.attributes['maxlength'] ?? 140)}
      onInput={(event) => tell('input', event, detail())}
      onBlur={(event) => tell('blur', event, detail())}
      onKeyDown={(event) => event.key === 'Enter' && tell('confirm', event, detail())}
    />
  );
}

function Textarea(props: WxProps): ReactElement {
  const tell = useEvents(props);
  const value = text(props.attributes['value']);
  const field = useValue<HTMLTextAreaElement>(value);
  return (
    <textarea
      {...common(props, 'wx-textarea')}
      ref={field}
      defaultValue={value}
      placeholder={text(props.attributes['placeholder'])}
      maxLength={Number(props.attributes['maxlength'] ?? 140)}
      onInput={(event) => tell('input', event, { value: field.current?.value ?? '' })}
    />
  );
}

/** `mode="selector"` alone. The browser's own list lies unseen over what the page shows. */
function Picker(props: WxProps): ReactElement {
  const tell = useEvents(props);
  const { range, value } = props.attributes;
  const field = text(props.attributes['range-key']);
  const choices = Array.isArray(range) ? (range as unknown[]) : [];
  const label = (choice: unknown): string => text(field === '' ? choice : (choice as Record<string, unknown>)[field]);
  return (
    <div className={`wx-picker ${text(props.attributes['class'])}`}>
      <div aria-hidden="true">{props.children}</div>
      <select
        aria-label={text(props.attributes['aria-label'])}
        value={text(value)}
        onChange={(event) => tell('change', event, { value: event.target.value })}
      >
        {choices.map((choice, index) => (
          <option key={index} value={index}>
            {label(choice)}
          </option>
        ))}
      </select>
    </div>
  );
}

const isOn = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && value !== '' && value !== 'false');

const COMPONENTS: Record<string, (props: WxProps) => ReactElement> = {
  view: View,
  text: Text,
  button: Button,
  image: Image,
  input: Input,
  textarea: Textarea,
  picker: Picker,
  'scroll-view': View,
};
