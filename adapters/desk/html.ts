const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text as it may stand in HTML, SVG and quoted attributes. */
export const html = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign]!);

export interface HtmlTable {
  readonly caption: string;
  /** Heads of the columns; `number` columns stand on the right. */
  readonly columns: readonly { readonly head: string; readonly number?: boolean }[];
  /** Cells are HTML; the first of a row is its head. */
  readonly rows: readonly (readonly string[])[];
}

/** A table with a caption, heads for columns and rows. */
export function htmlTable({ caption, columns, rows }: HtmlTable): string {
  const kind = (at: number): string => (columns[at]!.number === true ? ' class="number"' : '');
  return `<table><caption>${html(caption)}</caption>
<thead><tr>${columns.map(({ head }, at) => `<th scope="col"${kind(at)}>${html(head)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(([first = '', ...rest]) => `<tr><th scope="row">${first}</th>${rest.map((cell, at) => `<td${kind(at + 1)}>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody></table>`;
}
