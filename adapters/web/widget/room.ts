/** Whether the open panel covers the page; the same stands in style.css. */
export const coversPage = (): boolean => matchMedia('(max-width: 480px), (max-height: 480px) and (hover: none)').matches;

/** Whether typing brings up a keyboard that takes half of the screen. */
export const isTouched = (): boolean => matchMedia('(hover: none) and (pointer: coarse)').matches;

/** Keeps the panel inside what a keyboard on the screen leaves free, where browsers lay it over the page. */
export function fitAbove(body: HTMLElement): void {
  const view = visualViewport;
  if (!view) return;
  const fit = (): void => {
    // Who has zoomed in moves about by hand.
    const isCovered = view.scale < 1.01 && view.height < innerHeight - 1;
    body.style.setProperty('--seen', isCovered ? `${view.height}px` : '100%');
    body.style.setProperty('--from', isCovered ? `${view.offsetTop}px` : '0px');
  };
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
}
