import { draw, element, tappable, type Act, type Action, type Message } from './flex.ts';

const byId = (id: string): HTMLElement => document.getElementById(id)!;
const [chat, quick, form, text, menu] = [byId('chat'), byId('quick'), byId('write') as HTMLFormElement, byId('text') as HTMLInputElement, byId('menu')];

/** How often to look for messages, in ms. */
const pollEvery = 300;
const newUser = (): string => `U${[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
let user = newUser();
let shown = 0;
const loading = element('div', 'line loading', element('div', 'said', '・・・'));

const post = (tapped: object): Promise<Response> =>
  fetch('/line-demo/events', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user, tapped }) });

function add(line: HTMLElement): void {
  chat.append(line);
  // What was said last stays in sight above its answer.
  const said = line.classList.contains('mine') ? line : [...chat.querySelectorAll('.mine')].pop() ?? line;
  chat.scrollTop = (said as HTMLElement).offsetTop - chat.offsetTop - 8;
}

function say(words: string): void {
  add(element('div', 'line mine', element('div', 'said', words)));
  quick.replaceChildren();
}

const act: Act = (action: Action) => {
  if (action.type === 'message') {
    say(action.text!);
    void post({ type: 'message', text: action.text });
  } else if (action.type === 'postback') {
    if (action.displayText !== undefined) say(action.displayText);
    void post({ type: 'postback', data: action.data });
  } else if (action.type === 'richmenuswitch') {
    void showMenu(action.richMenuAliasId!.slice(-2));
    void post({ type: 'postback', data: action.data, params: { newRichMenuAliasId: action.richMenuAliasId, status: 'SUCCESS' } });
  }
};

/** A quick reply; LINE's picker of a day is the browser's here. */
function quickButton(action: Action): HTMLElement {
  if (action.type !== 'datetimepicker') return tappable(action, 'pill', act, action.label ?? '');
  const day = element('input', '');
  day.type = 'date';
  day.min = action.min ?? '';
  day.max = action.max ?? '';
  day.addEventListener('change', () => {
    if (day.value === '' || !day.checkValidity()) return;
    quick.replaceChildren();
    void post({ type: 'postback', data: action.data, params: { date: day.value } });
  });
  return element('label', 'pill', `${action.label} `, day);
}

function show(message: Message): void {
  const content = message.type === 'flex' ? draw(message.contents!, act) : element('div', 'said', message.text ?? '');
  add(element('div', `line theirs${message.type === 'flex' ? ' wide' : ''}`, content));
  quick.replaceChildren(...(message.quickReply?.items ?? []).map(({ action }) => quickButton(action)));
}

interface Menu { chatBarText: string; size: { width: number; height: number }; areas: { bounds: { x: number; y: number; width: number; height: number }; action: Action }[] }
async function showMenu(language: string): Promise<void> {
  const { chatBarText, size, areas } = await (await fetch(`/line-demo/menu/${language}`)).json() as Menu;
  const picture = element('img', '');
  picture.src = `/line-demo/menu/${language}/picture.png`;
  picture.alt = '';
  const places = areas.map(({ bounds, action }) => {
    const area = tappable(action, 'area', act);
    area.setAttribute('aria-label', action.label ?? '');
    area.style.left = `${(bounds.x / size.width) * 100}%`;
    area.style.top = `${(bounds.y / size.height) * 100}%`;
    area.style.width = `${(bounds.width / size.width) * 100}%`;
    area.style.height = `${(bounds.height / size.height) * 100}%`;
    return area;
  });
  const bar = element('button', 'bar', `${chatBarText} ▾`);
  const board = element('div', 'board', picture, ...places);
  bar.type = 'button';
  bar.setAttribute('aria-expanded', 'true');
  const open = (isOpen: boolean): void => {
    board.hidden = !isOpen;
    bar.setAttribute('aria-expanded', String(isOpen));
  };
  bar.addEventListener('click', () => open(board.hidden === true));
  // The keyboard takes the menu's place, as on a phone.
  text.onfocus = () => open(false);
  menu.replaceChildren(bar, board);
}

async function poll(): Promise<void> {
  const asked = user;
  try {
    const { messages, isLoading } = await (await fetch(`/line-demo/messages/${user}?after=${shown}`)).json() as { messages: Message[]; isLoading: boolean };
    if (asked === user) {
      if (isLoading && messages.length === 0) chat.append(loading);
      else loading.remove();
      shown += messages.length;
      messages.forEach(show);
    }
  } catch {
    // The service is away for a moment; the next look finds it.
  }
  setTimeout(() => void poll(), pollEvery);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (words === '') return;
  text.value = '';
  say(words);
  void post({ type: 'message', text: words });
});
byId('again').addEventListener('click', () => {
  void post({ type: 'unfollow' });
  user = newUser();
  shown = 0;
  chat.replaceChildren();
  quick.replaceChildren();
  void post({ type: 'follow' });
});

void showMenu('ja');
void post({ type: 'follow' });
void poll();
