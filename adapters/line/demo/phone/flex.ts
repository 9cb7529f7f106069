/** What LINE's messages are made of, as far as ours use it (https://developers.line.biz/en/reference/messaging-api/#flex-message). */
export interface Action { type: string; label?: string; text?: string; data?: string; displayText?: string; uri?: string; min?: string; max?: string; richMenuAliasId?: string }
export interface Part {
  type: string; layout?: string; contents?: Part[]; text?: string; size?: string; weight?: string; color?: string; flex?: number; margin?: string; spacing?: string;
  paddingAll?: string; backgroundColor?: string; cornerRadius?: string; style?: string; action?: Action; body?: Part; footer?: Part;
}
export interface Message { type: string; text?: string; altText?: string; contents?: Part; quickReply?: { items: { action: Action }[] } }
export type Act = (action: Action) => void;

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, ...children: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** Something that can be tapped: an address is a link, everything else a button. */
export function tappable(action: Action, className: string, act: Act, ...children: (Node | string)[]): HTMLElement {
  if (action.type === 'uri') {
    const link = element('a', className, ...children);
    link.href = action.uri!;
    if (!action.uri!.startsWith('tel:')) link.target = '_blank';
    link.rel = 'noopener';
    return link;
  }
  const button = element('button', className, ...children);
  button.type = 'button';
  button.addEventListener('click', () => act(action));
  return button;
}

const styled = (made: HTMLElement, part: Part): HTMLElement => {
  if (part.margin !== undefined) made.classList.add(`margin-${part.margin}`);
  if (part.size !== undefined) made.classList.add(`size-${part.size}`);
  if (part.weight === 'bold') made.classList.add('bold');
  if (part.color !== undefined && part.type !== 'button') made.style.color = part.color;
  if (part.flex !== undefined) made.style.flex = part.flex === 0 ? 'none' : `${part.flex}`;
  if (part.backgroundColor !== undefined) made.style.background = part.backgroundColor;
  if (part.paddingAll !== undefined) made.classList.add('padded');
  return made;
};

/** Draws a part of a Flex message. */
export function draw(part: Part, act: Act): HTMLElement {
  if (part.type === 'carousel') return element('div', 'carousel', ...(part.contents ?? []).map((one) => draw(one, act)));
  if (part.type === 'bubble') {
    const sides = [part.body, part.footer].filter((side): side is Part => side !== undefined);
    return styled(element('div', 'bubble', ...sides.map((side) => element('div', 'side', draw(side, act)))), { type: 'bubble', ...(part.size === undefined ? {} : { size: part.size }) });
  }
  if (part.type === 'box') {
    const contents = (part.contents ?? []).map((one) => draw(one, act));
    const className = `box ${part.layout ?? 'vertical'}${part.spacing === undefined ? '' : ` spaced`}`;
    return styled(part.action === undefined ? element('div', className, ...contents) : tappable(part.action, className, act, ...contents), part);
  }
  if (part.type === 'button') return tappable(part.action!, `button ${part.style ?? 'link'}`, act, part.action!.label ?? '');
  if (part.type === 'text') return styled(element('p', 'text', ...(part.contents === undefined ? [part.text ?? ''] : part.contents.map((one) => styled(element('span', '', one.text ?? ''), one)))), part);
  return element('p', 'text', `?${part.type}`);
}
