import { element } from './render.ts';
import { langs, tagOf, wordsIn, type Lang, type Words } from './words.ts';

/** What a resident has chosen, kept in this browser. */
export interface Chosen {
  readonly lang?: Lang;
  /** Times the usual size of text. */
  readonly size?: number;
  readonly furigana?: boolean;
}

const sizes = [[1, 'size_normal'], [1.25, 'size_large'], [1.6, 'size_huge']] as const;
const names: Readonly<Record<Lang, string>> = { ja: '日本語', en: 'English', 'ja-easy': 'やさしい日本語' };
const key = 'madoguchi:chosen';

/** Storage may be switched off or spoilt; then nothing was chosen. */
export function readChosen(): Chosen {
  try {
    const { lang, size, furigana } = JSON.parse(localStorage.getItem(key) ?? '{}') as Chosen;
    return { ...(langs.some((one) => one === lang) ? { lang: lang! } : {}), ...(sizes.some(([one]) => one === size) ? { size: size! } : {}), ...(typeof furigana === 'boolean' ? { furigana } : {}) };
  } catch {
    return {};
  }
}

export function keepChosen(chosen: Chosen): void {
  try {
    localStorage.setItem(key, JSON.stringify(chosen));
  } catch {
    // As above: it then lasts as long as the page.
  }
}

export interface SettingsParts {
  readonly lang: Lang;
  readonly words: Words;
  readonly chosen: Chosen;
  readonly home: string;
  readonly change: (chosen: Chosen) => void;
  readonly restart: () => void;
}

const toggle = (label: string, isOn: boolean, act: () => void, lang?: string): HTMLElement => {
  const button = element('button', { type: 'button', 'aria-pressed': String(isOn), ...(lang === undefined ? {} : { lang }) }, label);
  button.addEventListener('click', act);
  return button;
};
const group = (label: string, ...buttons: HTMLElement[]): HTMLElement => element('div', { class: 'group', role: 'group', 'aria-label': label }, element('span', {}, label), ...buttons);

/** Language, size of text, furigana, beginning again, and the answers as plain pages. */
export function settings({ lang, words, chosen, home, change, restart }: SettingsParts): HTMLElement {
  const { size = 1, furigana = true } = chosen;
  const again = element('button', { type: 'button' }, words.again);
  again.addEventListener('click', restart);
  return element('div', { class: 'settings', id: 'settings', hidden: '' },
    group(words.languages, ...langs.map((one) => toggle(names[one], one === lang, () => change({ ...chosen, lang: one }), tagOf(one)))),
    group(words.size, ...sizes.map(([one, word]) => toggle(words[word], one === size, () => change({ ...chosen, size: one })))),
    ...(lang === 'ja-easy' ? [group(words.furigana, toggle(wordsIn('ja-easy').furigana, furigana, () => change({ ...chosen, furigana: !furigana })))] : []),
    element('div', { class: 'group' }, again, element('a', { href: `${home}/faq/${lang}`, target: '_blank', rel: 'noopener' }, words.faq)));
}
