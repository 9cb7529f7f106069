import { element } from './render.ts';
import type { Words } from './words.ts';

/** Copies by the old way where the new one is not allowed, as on pages without TLS. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = element('textarea', { tabindex: '-1' }, text);
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}

/** Prints one answer alone, from a frame that inherits nothing of the page around it. */
function print(answer: HTMLElement, title: string, done: () => void): void {
  const frame = element('iframe', { 'aria-hidden': 'true', tabindex: '-1' });
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0';
  document.body.append(frame);
  const inside = frame.contentDocument!;
  inside.title = title;
  inside.documentElement.lang = answer.lang;
  inside.body.append(inside.importNode(answer, true));
  const view = frame.contentWindow!;
  view.addEventListener('afterprint', () => {
    frame.remove();
    done();
  });
  view.focus();
  view.print();
}

/** Hands the address of an answer to whatever the device sends with; by e-mail where there is nothing. */
async function share(title: string, url: string): Promise<void> {
  if (typeof navigator.share === 'function') {
    // Whoever closes the device's own sheet has changed their mind.
    await navigator.share({ title, url }).catch(() => undefined);
    return;
  }
  location.href = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`;
}

export interface ToolParts {
  readonly words: Words;
  readonly title: string;
  /** The answer as text, and as it is shown. */
  readonly text: string;
  readonly shown: () => HTMLElement;
  /** Address of the answer's own page. */
  readonly url: string;
}

/** What can be done with an answer: copy, print, send its address. */
export function tools({ words, title, text, shown, url }: ToolParts): HTMLElement {
  const button = (label: string, act: (button: HTMLElement) => void): HTMLElement => {
    const made = element('button', { type: 'button' }, label);
    made.addEventListener('click', () => act(made));
    return made;
  };
  return element('div', { class: 'tools', role: 'group', 'aria-label': words.tools },
    button(words.copy, (made) => {
      void copy(`${text}\n${url}`).then(() => {
        made.textContent = words.copied;
        made.focus();
      });
      setTimeout(() => { made.textContent = words.copy; }, 4000);
    }),
    button(words.print, (made) => print(shown(), title, () => made.focus())),
    button(words.share, () => void share(title, url)));
}
