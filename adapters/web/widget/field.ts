import { element, written } from './render.ts';
import type { Words } from './words.ts';

/** Longest message the server reads. */
export const longest = 1000;
/** Milliseconds after a conversion in which Enter still belongs to it. */
const conversionGuard = 60;

export interface Field {
  /** The form, and above it what is told about a text that is too long. */
  readonly nodes: readonly HTMLElement[];
  readonly input: HTMLTextAreaElement;
}

/** Where a resident writes. What is sent is taken out of it; what is not stays. */
export function makeField(words: Words, draft: string, say: (text: string) => void): Field {
  const long = element('p', { class: 'typing', role: 'status' });
  const input = element('textarea', { id: 'question', rows: '1', maxlength: String(longest), autocomplete: 'off', enterkeyhint: 'send' });
  const send = element('button', { type: 'submit', class: 'send' }, words.send);
  const form = element('form', {}, element('label', { for: 'question' }, ...written(words.input)), element('div', { class: 'row' }, input, send));
  input.value = draft;

  function warn(): void {
    const text = input.value.length < longest ? '' : words.too_long;
    if (long.textContent !== text) long.textContent = text;
  }
  function submit(): void {
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    warn();
    say(text);
    input.focus();
  }

  /** Enter that ends a kana-kanji conversion does not send: browsers mark it in three ways. */
  let composedAt = -Infinity;
  input.addEventListener('compositionend', (event) => { composedAt = event.timeStamp; });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229 || event.timeStamp - composedAt < conversionGuard) return;
    event.preventDefault();
    submit();
  });
  input.addEventListener('input', warn);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return { nodes: [long, form], input };
}
