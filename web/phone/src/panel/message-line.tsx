import { memo, type ReactElement } from 'react';
import { type Language, t } from '../i18n.ts';
import type { LogLine, LogNote } from './log-line.ts';

interface MessageLineProps {
  line: LogLine | LogNote;
  language: Language;
}

/** An arrow between two lifelines, or a note. */
export function MessageLine({ line, language }: MessageLineProps): ReactElement {
  return line.kind === 'note' ? (
    <NoteLine note={line} language={language} />
  ) : (
    <Message line={line} language={language} />
  );
}

const NoteLine = memo(function Remark({ note, language }: { note: LogNote; language: Language }): ReactElement {
  const text = t(note.text, language);
  return (
    <p className={`note ${note.tone}`}>
      <time>{clock(note.at)}</time>
      <span>
        {note.href === undefined ? (
          text
        ) : (
          <a href={note.href} target="_blank" rel="noopener">
            {text}
          </a>
        )}
      </span>
    </p>
  );
});

function Message({ line, language }: { line: LogLine; language: Language }): ReactElement {
  const state = [line.isPending && 'pending', line.isLost && 'lost', line.isQuiet && 'quiet'].filter(Boolean).join(' ');
  return (
    <details className={`message ${line.from}-to-${line.to} from-${line.from} ${state}`}>
      <summary>
        <time>{clock(line.at)}</time>
        <span className="span">
          <span className="description">
            {t(line.description, language)}
            {line.times > 1 && <em> × {line.times}</em>}
          </span>
          <span className="arrow" aria-hidden="true" />
          <span className="name">{line.name}</span>
          <span className="badges">
            {line.isPending && line.badges.length === 0 && <span className="chip plain">…</span>}
            {line.badges.map((badge, index) => (
              <span key={index} className={`chip ${badge.tone}`}>
                {t(badge.text, language)}
              </span>
            ))}
          </span>
          {line.comment && <span className={`comment ${line.comment.tone}`}>{t(line.comment.text, language)}</span>}
        </span>
      </summary>
      <div className="texts">
        <Text title={t(['请求', 'Request'], language)} text={line.request} />
        <Text title={t(['应答', 'Response'], language)} text={line.answer} />
      </div>
    </details>
  );
}

function Text({ title, text }: { title: string; text: string | undefined }): ReactElement | null {
  if (text === undefined || text === '') return null;
  return (
    <>
      <h3>{title}</h3>
      <pre tabIndex={0}>
        {text.startsWith('<xml>') ? text.replaceAll(/>\s*<(?!\/|!)/g, '>\n<').replace('</xml>', '\n</xml>') : text}
      </pre>
    </>
  );
}

function clock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
