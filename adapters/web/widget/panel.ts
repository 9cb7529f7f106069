import type { Connection, Listener } from './connection.ts';
import { longest, makeField } from './field.ts';
import type { Action, AnswerParts, Notice, Outgoing, Said } from './message.ts';
import { answer, element, markdown, plain, written } from './render.ts';
import { isTouched } from './room.ts';
import { settings, type SettingsParts } from './settings.ts';
import { tools } from './tools.ts';
import { tagOf } from './words.ts';

export interface PanelParts extends SettingsParts {
  readonly connection: () => Connection;
  /** What stands in the field already. */
  readonly draft: string;
  /** Text on the button that opens the panel. */
  readonly label: string;
  /** Tells the page around us what happened; never what was said. */
  readonly tell: (what: 'open' | 'close' | 'ask' | 'answer', entry?: string) => void;
}

export interface Panel extends Listener {
  readonly nodes: readonly HTMLElement[];
  readonly isOpen: () => boolean;
  /** What was written and not sent. */
  readonly draft: () => string;
  open(): void;
  /** Closes, and gives the focus back to the launcher unless it has gone elsewhere. */
  shut(isLeft?: boolean): void;
  say(text: string, value?: string): void;
}

/** The launcher and the panel in one language. */
export function makePanel(parts: PanelParts): Panel {
  const { lang, words, home, connection, tell } = parts;
  const log = element('div', { class: 'log', role: 'log', 'aria-label': words.log, 'aria-live': 'off', tabindex: '0' });
  // Screen readers hear of what changes in these, so they are there from the beginning, empty.
  const status = element('p', { class: 'status', role: 'status' });
  const notice = element('p', { class: 'notice', role: 'status' });
  const typing = element('p', { class: 'typing', hidden: '' }, words.typing);
  const field = makeField(words, parts.draft, (text) => say(text));
  const close = element('button', { type: 'button', class: 'close', 'aria-label': words.close }, '×');
  const options: HTMLElement = settings({ ...parts, restart: () => {
    unfold(false);
    goOn();
    parts.restart();
  } });
  const gear = element('button', { type: 'button', class: 'gear', 'aria-expanded': 'false', 'aria-controls': 'settings' }, ...written(words.settings));
  const panel = element('section', { class: 'panel', role: 'dialog', 'aria-label': words.title, lang: tagOf(lang), hidden: '' },
    element('header', {}, element('h2', {}, ...written(words.title)), gear, close), options, notice, log, typing, status, ...field.nodes);
  const launcher = element('button', { type: 'button', class: 'launcher', 'aria-expanded': 'false', lang: tagOf(lang) }, parts.label);

  /** Messages on show by the id the resident's browser gave them, or the server's. */
  const shown = new Map<string, HTMLElement>();
  /** The notice on show. */
  let noticed = '';
  /** Messages on show when we last scrolled. */
  let seen = 0;
  /** Whether what comes is new, and not the history. */
  let isLive = false;

  const bubble = (who: 'you' | 'assistant', locale: string, ...content: Node[]): HTMLElement => element('div', { class: `message ${who}`, lang: tagOf(locale) },
    element('span', { class: 'who', lang: tagOf(lang) }, who === 'you' ? words.you : words.assistant), ...content);

  function showOwn({ client, text }: Outgoing): void {
    if (shown.has(client)) return;
    const message = bubble('you', /[\u3040-\u9fff]/.test(text) ? 'ja' : 'en', element('p', {}, text));
    shown.set(client, message);
    log.append(message);
  }

  /** A list of buttons, each of which says what stands on it. */
  const buttons = (kind: string, label: string, actions: readonly Action[]): HTMLElement => element('ul', { class: kind, 'aria-label': label }, ...actions.map(({ title, value }) => {
    const button = element('button', { type: 'button' }, ...written(title));
    button.addEventListener('click', () => {
      say(title, value);
      goOn();
    });
    return element('li', {}, button);
  }));

  function show(message: Said): void {
    const client = message.channelData?.clientActivityID;
    if (message.from.role === 'user' || client !== undefined) {
      const known = shown.get(client ?? message.id);
      // What the server kept may be masked: show that.
      if (known === undefined) showOwn({ client: client ?? message.id, text: message.text ?? '' });
      else known.querySelector('p')!.textContent = message.text ?? '';
      return;
    }
    if (message.entities?.some(({ type }) => type === 'madoguchi/forgotten') === true && !shown.has(message.id)) {
      log.replaceChildren();
      shown.clear();
    }
    // A notice stands above the conversation already.
    if (shown.has(message.id) || message.entities?.some(({ type }) => type === 'madoguchi/notice') === true) return;
    const actions = message.suggestedActions?.actions ?? [];
    const votes = actions.filter(({ value }) => value.startsWith('vote:'));
    const choices = actions.filter((action) => !votes.includes(action));
    const details = message.entities?.find((entity): entity is AnswerParts => entity.type === 'madoguchi/answer');
    const [text, locale] = [message.text ?? '', message.locale ?? lang];
    const content = element('div', { lang: tagOf(locale) }, ...(details === undefined ? markdown(text) : answer(text, details, home)));
    const made = bubble('assistant', locale, content,
      ...(details === undefined ? [] : [tools({ words, title: details.title, text: plain(text), shown: () => content, url: `${home}/faq/${locale}/${details.entry}` })]),
      ...(choices.length === 0 ? [] : [buttons('choices', words.choices, choices)]),
      ...(votes.length === 0 ? [] : [element('p', { class: 'vote', lang: tagOf(lang) }, ...written(words.vote)), buttons('choices votes', words.vote, votes)]));
    shown.set(message.id, made);
    log.append(made);
    if (isLive) tell('answer', details?.entry);
  }

  /** Shows what came last from its beginning: a long answer is read from its first line. */
  function scrollToNewest(): void {
    const own = [...log.querySelectorAll<HTMLElement>('.you')].pop();
    log.scrollTop = own === undefined ? 0 : own.offsetTop - log.offsetTop - 8;
  }

  function say(text: string, value?: string): void {
    connection().send(text.slice(0, longest), value);
    tell('ask');
    scrollToNewest();
  }

  /** Where to go on: at the field, but on a telephone not before it is touched, since its keyboard hides the answer. */
  const goOn = (): void => (isTouched() ? log : field.input).focus();

  function open(): void {
    panel.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute('aria-expanded', 'true');
    connection().start();
    goOn();
    tell('open');
  }
  function shut(isLeft = false): void {
    panel.hidden = true;
    launcher.hidden = false;
    launcher.setAttribute('aria-expanded', 'false');
    connection().pause();
    if (!isLeft) launcher.focus();
    tell('close');
  }
  launcher.addEventListener('click', () => open());
  close.addEventListener('click', () => shut());
  function unfold(isUnfolded: boolean): void {
    options.hidden = !isUnfolded;
    gear.setAttribute('aria-expanded', String(isUnfolded));
  }
  gear.addEventListener('click', () => unfold(options.hidden === true));
  panel.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !event.isComposing) shut(); });

  return {
    nodes: [launcher, panel],
    isOpen: () => !panel.hidden,
    draft: () => field.input.value,
    open, shut, say,
    said: show,
    waiting(pending) {
      pending.forEach(showOwn);
      typing.hidden = pending.length === 0;
    },
    settled() {
      if (log.childElementCount > seen) scrollToNewest();
      seen = log.childElementCount;
      if (isLive) return;
      isLive = true;
      // Only what comes from now on is announced, not the history; screen readers look a moment later.
      setTimeout(() => log.setAttribute('aria-live', 'polite'), 300);
    },
    noticed(told: Notice | undefined) {
      const text = told?.[lang] ?? told?.ja ?? '';
      if (text === noticed) return;
      noticed = text;
      notice.replaceChildren(...written(text));
    },
    held(why) {
      const text = why === undefined ? '' : words[why];
      if (status.textContent !== text) status.textContent = text;
      if (why !== undefined) typing.hidden = true;
    },
    begun(isNew) {
      // Who is at a button that goes is not left without a place.
      if (log.contains((log.getRootNode() as ShadowRoot).activeElement)) log.focus();
      log.setAttribute('aria-live', isNew ? 'polite' : 'off');
      isLive = false;
      log.replaceChildren();
      shown.clear();
      seen = 0;
    },
  };
}
