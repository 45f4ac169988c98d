import { drawing } from './drawing';
import type { LayOut } from './graphviz';
import { MOST_DRAWN } from './page';
import { DRAWING_STYLE } from './page-style';
import type { Picture } from './picture';
import { islandsPlan, wholePlan } from './plan';
import { xmlText } from './xml';

/** The picture as one SVG file, for documents: everything where that can be drawn, else namespaces. It runs no script. */
export function svgFile(picture: Picture, layOut: LayOut): string {
  const plan = picture.arrows.length <= MOST_DRAWN ? wholePlan(picture) : islandsPlan(picture);
  const attributes = `role="img" aria-label="${xmlText(picture.title)}"`;
  return `${drawing(plan, layOut(plan), picture, attributes, `<style>${DRAWING_STYLE}</style>`)}\n`;
}
