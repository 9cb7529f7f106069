import { html } from '../html.ts';

/** Colours of the page, which is light or dark. */
export const colours = ['var(--one)', 'var(--two)', 'var(--three)', 'var(--four)'] as const;

export interface Bars {
  readonly title: string;
  /** What somebody hears who does not see it. */
  readonly description: string;
  /** Parts of every bar, the first at its foot; one needs no name. */
  readonly parts: readonly string[];
  readonly bars: readonly { readonly label: string; readonly values: readonly number[] }[];
}

const round = (value: number): string => String(Math.round(value * 10) / 10);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A round number not below the largest value, to end an axis with. */
export function axisEnd(largest: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, largest)));
  return [1, 2, 3, 4, 6, 8, 10].map((factor) => factor * step).find((end) => end >= largest) ?? 10 * step;
}

const opening = (width: number, height: number, { title, description }: Bars): string =>
  `<figure><figcaption>${html(title)}</figcaption>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${html(`${title}。${description}`)}" font-size="12" fill="currentColor">
<title>${html(title)}</title><desc>${html(description)}</desc>`;

/** Named squares; every part is also told apart by its place in the bar and by the table beside the picture. */
const legend = (parts: readonly string[], x: number, y: number): string => (parts.length < 2 ? '' : parts.map((name, at) =>
  `<g transform="translate(${x + at * 130} ${y})"><rect width="12" height="12" y="-10" fill="${colours[at % 4]}"/><text x="18">${html(name)}</text></g>`).join(''));

/** Columns side by side, such as days. */
export function columnPlot(plot: Bars): string {
  const { parts, bars } = plot;
  const [width, height, left, top, foot] = [720, 250, 40, 34, 30];
  const end = axisEnd(Math.max(...bars.map(({ values }) => sum(values))));
  const y = (value: number): number => height - foot - (value / end) * (height - foot - top);
  const step = (width - left - 10) / (bars.length || 1);
  // Every label needs room for its text.
  const every = Math.ceil(40 / step);
  const column = ({ label, values }: Bars['bars'][number], at: number): string => {
    const x = left + at * step + step * 0.12;
    const rects = values.map((value, part) => (value === 0 ? '' :
      `<rect x="${round(x)}" y="${round(y(sum(values.slice(0, part + 1))))}" width="${round(step * 0.76)}" height="${round(y(0) - y(value))}" fill="${colours[part % 4]}" stroke="var(--paper)" stroke-width="0.5"/>`)).join('');
    return `${rects}${at % every === 0 ? `<text x="${round(x + step * 0.38)}" y="${height - foot + 16}" text-anchor="middle">${html(label)}</text>` : ''}`;
  };
  return `${opening(width, height, plot)}
${[0, 0.5, 1].map((share) => `<path d="M${left} ${round(y(end * share))}H${width - 10}" stroke="var(--line)"/><text x="${left - 6}" y="${round(y(end * share) + 4)}" text-anchor="end">${round(end * share)}</text>`).join('')}
${legend(parts, left, 16)}
${bars.map(column).join('\n')}
</svg></figure>`;
}

/** Lying bars with their names, the first on top. */
export function rowPlot(plot: Bars): string {
  const { parts, bars } = plot;
  const [width, row, names, top] = [720, 26, 250, parts.length < 2 ? 4 : 28];
  const height = top + bars.length * row + 4;
  const most = Math.max(1, ...bars.map(({ values }) => sum(values)));
  const length = (value: number): number => (value / most) * (width - names - 60);
  const line = ({ label, values }: Bars['bars'][number], at: number): string => {
    const y = top + at * row;
    const rects = values.map((value, part) => (value === 0 ? '' :
      `<rect x="${round(names + length(sum(values.slice(0, part))))}" y="${y + 4}" width="${round(length(value))}" height="${row - 9}" fill="${colours[part % 4]}" stroke="var(--paper)" stroke-width="0.5"/>`)).join('');
    return `<text x="${names - 8}" y="${y + 17}" text-anchor="end">${html(label)}</text>${rects}<text x="${round(names + length(sum(values)) + 6)}" y="${y + 17}">${sum(values)}</text>`;
  };
  return `${opening(width, height, plot)}
${legend(parts, names, 16)}
${bars.map(line).join('\n')}
</svg></figure>`;
}
