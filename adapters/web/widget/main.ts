import type { Readings } from '../../../knowledge/furigana.ts';
import { Connection } from './connection.ts';
import { makePanel, type Panel } from './panel.ts';
import { element, writeWith } from './render.ts';
import { coversPage, fitAbove } from './room.ts';
import { keepChosen, readChosen, type Chosen } from './settings.ts';
import { langs, wordsIn, type Lang } from './words.ts';

const script = document.currentScript as HTMLScriptElement;
const home = new URL(script.src).origin;
const { lang: wantedLang, position, accent, onAccent, label, start } = script.dataset;
const isColour = (text: string | undefined): text is string => text !== undefined && /^#[0-9a-f]{6}$/i.test(text);

let chosen = readChosen();
let readings: Promise<Readings | undefined> | undefined;
const langNow = (): Lang => chosen.lang ?? langs.find((one) => one === wantedLang) ?? 'ja';
const tell = (type: string, entry?: string): void => {
  document.dispatchEvent(new CustomEvent('madoguchi', { detail: { type, ...(entry === undefined ? {} : { entry }) } }));
};

const host = element('div', { id: 'madoguchi' });
const root = host.attachShadow({ mode: 'open' });
const body = element('div', { class: position === 'left' ? 'body left' : 'body', hidden: '' });
if (isColour(accent)) body.style.setProperty('--accent', accent);
if (isColour(onAccent)) body.style.setProperty('--on-accent', onAccent);
fitAbove(body);
/** Fetches the style until it is there: nothing shows before. */
function dress(): void {
  const style = element('link', { rel: 'stylesheet', href: `${home}/widget.css` });
  style.addEventListener('load', () => { body.hidden = false; });
  style.addEventListener('error', () => {
    style.remove();
    setTimeout(dress, 3000);
  });
  root.prepend(style);
}

let panel: Panel;
const connection = new Connection(home, langNow, {
  said: (message) => panel.said(message),
  waiting: (pending) => panel.waiting(pending),
  settled: () => panel.settled(),
  noticed: (text) => panel.noticed(text),
  held: (why) => panel.held(why),
  begun: (isNew) => panel.begun(isNew),
});

/** Furigana by the city's own table; without it the text is shown as it is. */
async function useReadings(): Promise<void> {
  const wanted = langNow() === 'ja-easy' && chosen.furigana !== false;
  readings ??= wanted ? fetch(`${home}/widget/readings.json`).then((answer) => answer.json() as Promise<Readings>).catch(() => undefined) : undefined;
  writeWith(wanted ? await readings : undefined);
}

function draw(): void {
  const lang = langNow();
  const words = wordsIn(lang);
  panel = makePanel({ lang, words, chosen, home, label: label ?? words.open, draft: panel === undefined ? '' : panel.draft(), connection: () => connection, tell, change: (next) => void change(next), restart: () => connection.restart() });
  body.style.setProperty('--size', String(chosen.size ?? 1));
  body.replaceChildren(...panel.nodes);
}

/** Draws everything anew as chosen, with the conversation and what is being written as they were. */
async function change(next: Chosen): Promise<void> {
  const isOther = next.lang !== chosen.lang;
  chosen = next;
  keepChosen(chosen);
  await useReadings();
  draw();
  connection.replay();
  panel.open();
  if (isOther) panel.say({ ja: '日本語', en: 'English', 'ja-easy': 'やさしい日本語' }[langNow()], `language:${langNow()}`);
}

/** Opens the panel; a new visitor's first question may be given by the page. */
function open(question: string | undefined): void {
  if (!panel.isOpen()) panel.open();
  if (question !== undefined && question.trim() !== '') panel.say(question.trim());
}
document.addEventListener('madoguchi:open', (event) => open((event as CustomEvent<{ question?: string } | null>).detail?.question));
document.addEventListener('madoguchi:close', () => { if (panel.isOpen()) panel.shut(); });
// Whoever tabs on to the page behind a panel that covers it sees it again. What scripts alone focus, such as our frame for printing, does not count.
document.addEventListener('focusin', ({ target }) => {
  if (panel !== undefined && panel.isOpen() && coversPage() && target !== host && (target as Element).matches(':not([tabindex="-1"])')) panel.shut(true);
});

const starting = async (): Promise<void> => {
  await useReadings();
  draw();
  if (start !== undefined && connection.isNew()) {
    const first = (event: Event): void => {
      if ((event as CustomEvent<{ type: string }>).detail.type !== 'open') return;
      document.removeEventListener('madoguchi', first);
      panel.say(start.slice(0, 1000));
    };
    document.addEventListener('madoguchi', first);
  }
  root.append(body);
  dress();
  document.body.append(host);
};
void starting();
