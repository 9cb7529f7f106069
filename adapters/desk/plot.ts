import { html } from './html.ts';

/** A point of a calibration: how sure the search was, how often it was right, and how many judgements that is. */
export interface Point {
  readonly sure: number;
  readonly right: number;
  readonly count: number;
}

/** A line of a plot, told apart by its mark as well as its colour. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

/** What a plot is drawn with. */
export interface Paint {
  readonly ink: string;
  readonly paper: string;
  readonly line: string;
  readonly colours: readonly string[];
}
/** For a file of its own. */
const onPaper: Paint = { ink: '#1b1b1f', paper: '#fff', line: '#d5d9e0', colours: ['#0b4f9e', '#a83200', '#1a6b3c', '#6a3d9a'] };

/** The words of a plot. */
export interface PlotWords {
  readonly title: string;
  readonly description?: string;
  readonly sure: string;
  readonly right: string;
}

const size = 360;
const margin = 56;
const width = size + margin * 2 + 90;
const x = (share: number): number => margin + share * size;
const y = (share: number): number => margin + (1 - share) * size;

/** The mark of a series at a point: circle, square, triangle, diamond. */
function mark(index: number, { sure, right }: Point, radius: number, colours: readonly string[]): string {
  const [cx, cy] = [x(sure), y(right)];
  const corners = [undefined, [[-1, -1], [1, -1], [1, 1], [-1, 1]], [[0, -1.2], [1.1, 1], [-1.1, 1]], [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]]][index % 4];
  const style = `fill="${colours[index % 4]}" fill-opacity="0.85"`;
  return corners === undefined ? `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="${radius.toFixed(1)}" ${style}/>`
    : `<polygon points="${corners.map(([dx, dy]) => `${(cx + dx! * radius).toFixed(1)},${(cy + dy! * radius).toFixed(1)}`).join(' ')}" ${style}/>`;
}

/** Draws calibrations as an SVG picture: on the dashed line, what is said to be 70 % sure is right 70 times in 100. */
export function calibrationPlot({ title, description, sure: across, right: up }: PlotWords, series: readonly Series[], { ink, paper, line, colours }: Paint = onPaper): string {
  const most = Math.max(...series.flatMap(({ points }) => points.map(({ count }) => count)));
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const height = size + margin * 2 + 20 + series.length * 22;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="13" fill="${ink}">
<title>${html(title)}</title>${description === undefined ? '' : `<desc>${html(description)}</desc>`}
<rect width="100%" height="100%" fill="${paper}"/>
<text x="${margin}" y="28" font-size="16" font-weight="bold">${html(title)}</text>
${ticks.map((tick) => `<path d="M${x(tick)} ${y(0)}V${y(1)}M${x(0)} ${y(tick)}H${x(1)}" stroke="${line}"/><text x="${x(tick)}" y="${y(0) + 18}" text-anchor="middle">${tick * 100} %</text><text x="${x(0) - 8}" y="${y(tick) + 4}" text-anchor="end">${tick * 100}</text>`).join('\n')}
<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="${ink}" stroke-dasharray="5 4"/>
<text x="${x(0.5)}" y="${y(0) + 38}" text-anchor="middle">${html(across)}</text>
<text transform="translate(16 ${y(0.5)}) rotate(-90)" text-anchor="middle">${html(up)}</text>
${series.map(({ points }, index) => `<polyline points="${points.map(({ sure, right }) => `${x(sure).toFixed(1)},${y(right).toFixed(1)}`).join(' ')}" fill="none" stroke="${colours[index % 4]}" stroke-width="1.5"/>\n${points.map((point) => mark(index, point, 3 + 5 * Math.sqrt(point.count / most), colours)).join('')}`).join('\n')}
${series.map(({ name }, index) => `<g transform="translate(0 ${size + margin * 2 + index * 22 + 10})">${mark(index, { sure: 0, right: 1, count: 0 }, 5, colours).replace(/cy="[^"]*"/, 'cy="-4"').replace(/points="[^"]*"/, (points) => points.replace(/,(-?[\d.]+)/g, (_, at: string) => `,${(Number(at) - margin - 4).toFixed(1)}`))}<text x="${margin + 14}" y="0">${html(name)}</text></g>`).join('\n')}
</svg>
`;
}
