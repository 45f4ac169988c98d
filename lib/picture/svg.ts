import { drawing } from './drawing';
import type { LayOut } from './graphviz';
import { DRAWING_STYLE } from './page-style';
import type { Picture } from './picture';
import { islandsPlan, type Plan, wholePlan } from './plan';
import { leftText, MOST_DRAWN, tooManyText } from './too-many';
import { xmlText } from './xml';

/** The picture as one SVG file, for documents: everything where that can be drawn, else namespaces. It runs no script. */
export function svgFile(picture: Picture, layOut: LayOut): string {
  const { plan, said } = planned(picture);
  const attributes = `role="img" aria-label="${xmlText(picture.title)}"`;
  const style = `<style>${DRAWING_STYLE}</style>`;
  return `${drawing(plan, layOut(plan), picture, attributes, { style, said })}\n`;
}

function planned(picture: Picture): { readonly plan: Plan; readonly said: readonly string[] } {
  if (picture.arrows.length <= MOST_DRAWN) return { plan: wholePlan(picture), said: [] };
  const plan = islandsPlan(picture);
  return { plan, said: [tooManyText(picture), ...leftText(plan.left, 'the format json')] };
}
