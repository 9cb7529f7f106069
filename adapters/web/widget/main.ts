import { Connection, type Action, type AnswerParts, type Outgoing, type Said } from './connection.ts';
import { answer, element, markdown } from './render.ts';
import { wordsIn, type Lang } from './words.ts';

const script = document.currentScript as HTMLScriptElement;
const home = new URL(script.src).origin;
const langs: readonly Lang[] = ['ja', 'en', 'ja-easy'];
const lang = langs.find((one) => one === script.dataset.lang) ?? 'ja';
const words = wordsIn(lang);
/** Longest message the server reads. */
const longest = 1000;
/** The language of the page for screen readers; easy Japanese is Japanese. */
const tag = (locale: string | undefined): string => (locale === 'en' ? 'en' : 'ja');

const log = element('div', { class: 'log', role: 'log', 'aria-label': words.log, tabindex: '0' });
const status = element('p', { class: 'status', hidden: '' }, words.offline);
const typing = element('p', { class: 'typing', hidden: '' }, words.typing);
const input = element('textarea', { id: 'question', rows: '1', maxlength: String(longest), autocomplete: 'off', enterkeyhint: 'send' });
const send = element('button', { type: 'submit', class: 'send' }, words.send);
const form = element('form', {}, element('label', { for: 'question' }, words.input), element('div', { class: 'row' }, input, send));
const close = element('button', { type: 'button', class: 'close', 'aria-label': words.close }, '×');
const panel = element('section', { class: 'panel', role: 'dialog', 'aria-label': words.title, lang: tag(lang), hidden: '' },
  element('header', {}, element('h2', {}, words.title), close), log, typing, status, form);
const launcher = element('button', { type: 'button', class: 'launcher', 'aria-expanded': 'false', lang: tag(lang) }, words.open);

/** Messages on show by the id the resident's browser gave them, or the server's. */
const shown = new Map<string, HTMLElement>();

function bubble(who: 'you' | 'assistant', locale: string, ...content: Node[]): HTMLElement {
  return element('div', { class: `message ${who}`, lang: tag(locale) },
    element('span', { class: 'who', lang: tag(lang) }, who === 'you' ? words.you : words.assistant), ...content);
}

function showOwn({ client, text }: Outgoing): void {
  if (shown.has(client)) return;
  const message = bubble('you', /[\u3040-\u9fff]/.test(text) ? 'ja' : 'en', element('p', {}, text));
  shown.set(client, message);
  log.append(message);
}

/** A list of buttons, each of which says what stands on it. */
function buttons(kind: string, label: string, actions: readonly Action[]): HTMLElement {
  return element('ul', { class: kind, 'aria-label': label }, ...actions.map(({ title, value }) => {
    const button = element('button', { type: 'button' }, title);
    button.addEventListener('click', () => say(title, value));
    return element('li', {}, button);
  }));
}

function show(message: Said): void {
  const client = message.channelData?.clientActivityID;
  if (message.from.role === 'user' || client !== undefined) {
    const known = shown.get(client ?? message.id);
    // What the server kept may be masked: show that.
    if (known === undefined) showOwn({ client: client ?? message.id, text: message.text ?? '' });
    else known.querySelector('p')!.textContent = message.text ?? '';
    return;
  }
  if (shown.has(message.id)) return;
  const actions = message.suggestedActions?.actions ?? [];
  const votes = actions.filter(({ value }) => value.startsWith('vote:'));
  const choices = actions.filter((action) => !votes.includes(action));
  const parts = message.entities?.find((entity): entity is AnswerParts => entity.type === 'madoguchi/answer');
  const text = message.text ?? '';
  const made = bubble('assistant', message.locale ?? lang, ...(parts === undefined ? markdown(text) : answer(text, parts, home)),
    ...(choices.length === 0 ? [] : [buttons('choices', words.choices, choices)]),
    ...(votes.length === 0 ? [] : [element('p', { class: 'vote', lang: tag(lang) }, words.vote), buttons('choices votes', words.vote, votes)]));
  shown.set(message.id, made);
  log.append(made);
}

/** Shows what came last from its beginning: a long answer is read from its first line. */
function scrollToNewest(): void {
  const own = [...log.querySelectorAll<HTMLElement>('.you')].pop();
  log.scrollTop = own === undefined ? 0 : own.offsetTop - log.offsetTop - 8;
}

/** Messages on show when we last scrolled. */
let seen = 0;

const connection = new Connection(home, () => lang, {
  said: show,
  waiting(pending) {
    pending.forEach(showOwn);
    typing.hidden = pending.length === 0;
  },
  settled() {
    if (log.childElementCount > seen) scrollToNewest();
    seen = log.childElementCount;
    // Only what comes from now on is announced, not the history.
    log.setAttribute('aria-live', 'polite');
  },
  offline(is) { status.hidden = !is; },
  begun() {
    log.removeAttribute('aria-live');
    log.replaceChildren();
    shown.clear();
    seen = 0;
  },
});

function say(text: string, value?: string): void {
  connection.send(text, value);
  scrollToNewest();
  input.focus();
}

function submit(): void {
  const text = input.value.trim();
  if (text === '') return;
  input.value = '';
  say(text);
}

/** Enter that ends a kana-kanji conversion does not send: browsers mark it in three ways. */
let composedAt = -Infinity;
const conversionGuard = 60;
input.addEventListener('compositionend', (event) => { composedAt = event.timeStamp; });
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey) return;
  if (event.isComposing || event.keyCode === 229 || event.timeStamp - composedAt < conversionGuard) return;
  event.preventDefault();
  submit();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
});

function open(): void {
  panel.hidden = false;
  launcher.hidden = true;
  launcher.setAttribute('aria-expanded', 'true');
  connection.start();
  input.focus();
}
function shut(): void {
  panel.hidden = true;
  launcher.hidden = false;
  launcher.setAttribute('aria-expanded', 'false');
  connection.pause();
  launcher.focus();
}
launcher.addEventListener('click', open);
close.addEventListener('click', shut);
panel.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !event.isComposing) shut(); });

const host = element('div', { id: 'madoguchi' });
const root = host.attachShadow({ mode: 'open' });
const style = element('link', { rel: 'stylesheet', href: `${home}/widget.css` });
const body = element('div', { class: 'body', hidden: '' }, launcher, panel);
style.addEventListener('load', () => { body.hidden = false; });
root.append(style, body);
document.body.append(host);
