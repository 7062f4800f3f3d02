import { memo, type ReactElement } from 'react';
import { type Language, say } from '../words.ts';
import type { Line, Note } from './line.ts';

interface Drawn {
  line: Line | Note;
  language: Language;
}

/** One arrow between two lifelines, or what somebody did. */
export function MessageLine({ line, language }: Drawn): ReactElement {
  return line.kind === 'note' ? (
    <Remark note={line} language={language} />
  ) : (
    <Message line={line} language={language} />
  );
}

const Remark = memo(function Remark({ note, language }: { note: Note; language: Language }): ReactElement {
  const words = say(note.words, language);
  return (
    <p className={`note ${note.tone}`}>
      <time>{clock(note.at)}</time>
      <span>
        {note.href === undefined ? (
          words
        ) : (
          <a href={note.href} target="_blank" rel="noopener">
            {words}
          </a>
        )}
      </span>
    </p>
  );
});

function Message({ line, language }: { line: Line; language: Language }): ReactElement {
  const state = [line.isPending && 'pending', line.isLost && 'lost', line.isQuiet && 'quiet'].filter(Boolean).join(' ');
  return (
    <details className={`message ${line.from}-to-${line.to} from-${line.from} ${state}`}>
      <summary>
        <time>{clock(line.at)}</time>
        <span className="span">
          <span className="meaning">
            {say(line.meaning, language)}
            {line.times > 1 && <em> × {line.times}</em>}
          </span>
          <span className="arrow" aria-hidden="true" />
          <span className="name">{line.name}</span>
          <span className="verdicts">
            {line.isPending && line.verdicts.length === 0 && <span className="chip plain">…</span>}
            {line.verdicts.map((verdict, index) => (
              <span key={index} className={`chip ${verdict.tone}`}>
                {say(verdict.words, language)}
              </span>
            ))}
          </span>
          {line.aside && <span className={`aside ${line.aside.tone}`}>{say(line.aside.words, language)}</span>}
        </span>
      </summary>
      <div className="texts">
        <Text title={say(['请求', 'Request'], language)} text={line.request} />
        <Text title={say(['应答', 'Answer'], language)} text={line.answer} />
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
