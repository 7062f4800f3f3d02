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
  /** `catchtap`: stops the event from bubbling. */
  isCaught: boolean;
}

interface WxProps {
  attributes: Record<string, unknown>;
  dataset: Record<string, unknown>;
  events: Record<string, WxEvent>;
  children?: ReactNode;
}

/** The page that handles the events. */
export const CurrentPage = createContext<PageInstance | null>(null);

/** Creates the element for a WXML tag. The build has checked that the tag is supported. */
export function h(tag: string, { key, ...props }: Record<string, unknown>, children: ReactNode[]): ReactElement {
  const component = COMPONENTS[tag];
  const keyed = typeof key === 'string' || typeof key === 'number' ? { key } : {};
  if (component === undefined) return createElement(Fragment, keyed, ...children);
  return createElement(component, { ...(props as unknown as WxProps), ...keyed }, ...children);
}

export function each(list: unknown, show: (item: unknown, index: number) => ReactNode): ReactNode {
  return Array.isArray(list) ? list.map(show) : null;
}

/** Converts the value of `{{ }}` inside a text. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

type EmitEvent = (name: string, event: SyntheticEvent, detail?: object) => void;

/** Passes an event to the page, in WeChat's format. */
function useEvents({ events, dataset }: WxProps): EmitEvent {
  const page = useContext(CurrentPage);
  return (name, event, detail = {}) => {
    const listener = events[name];
    if (listener === undefined) return;
    if (listener.isCaught) event.stopPropagation();
    const target = { dataset, id: '' };
    page?.callMethod(String(listener.handler), {
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

/** A view with a tap handler is also focusable by keyboard. */
function View(props: WxProps): ReactElement {
  const emit = useEvents(props);
  const isTappable = props.events['tap'] !== undefined;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target === event.currentTarget) emit('tap', event);
  };
  const tappable = isTappable
    ? { role: 'button', tabIndex: 0, onClick: (event: SyntheticEvent) => emit('tap', event), onKeyDown }
    : {};
  return (
    <div {...common(props, 'wx-view')} {...tappable}>
      {props.children}
    </div>
  );
}

function Text(props: WxProps): ReactElement {
  const emit = useEvents(props);
  return (
    <span {...common(props, 'wx-text')} onClick={(event) => emit('tap', event)}>
      {props.children}
    </span>
  );
}

function Button(props: WxProps): ReactElement {
  const emit = useEvents(props);
  const page = useContext(CurrentPage);
  const { disabled, loading } = props.attributes;
  const onClick = (event: SyntheticEvent): void => {
    emit('tap', event);
    if (props.attributes['open-type'] !== 'getPhoneNumber') return;
    void page?.host.getPhoneNumber().then(
      ({ code }) => emit('getphonenumber', event, { errMsg: 'getPhoneNumber:ok', code }),
      (error: unknown) => {
        const errMsg = error instanceof WxError ? error.errMsg : 'getPhoneNumber:fail';
        emit('getphonenumber', event, { errMsg });
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

/** Shows the value that the page sets, and keeps the user's input until the page sets another value. */
function useValue<Field extends HTMLInputElement | HTMLTextAreaElement>(value: string): React.RefObject<Field | null> {
  const field = useRef<Field>(null);
  useEffect(() => {
    if (field.current && field.current.value !== value) field.current.value = value;
  }, [value]);
  return field;
}

const KEYBOARDS: Record<string, 'decimal' | 'numeric'> = { digit: 'decimal', number: 'numeric' };

function Input(props: WxProps): ReactElement {
  const emit = useEvents(props);
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
      onInput={(event) => emit('input', event, detail())}
      onBlur={(event) => emit('blur', event, detail())}
      onKeyDown={(event) => event.key === 'Enter' && emit('confirm', event, detail())}
    />
  );
}

function Textarea(props: WxProps): ReactElement {
  const emit = useEvents(props);
  const value = text(props.attributes['value']);
  const field = useValue<HTMLTextAreaElement>(value);
  return (
    <textarea
      {...common(props, 'wx-textarea')}
      ref={field}
      defaultValue={value}
      placeholder={text(props.attributes['placeholder'])}
      maxLength={Number(props.attributes['maxlength'] ?? 140)}
      onInput={(event) => emit('input', event, { value: field.current?.value ?? '' })}
    />
  );
}

/** Supports only `mode="selector"`. An invisible native select covers the page's content. */
function Picker(props: WxProps): ReactElement {
  const emit = useEvents(props);
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
        onChange={(event) => emit('change', event, { value: event.target.value })}
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
