import { graphviz, type LayOut } from '../picture/graphviz';
import { page } from '../picture/page';
import type { Picture } from '../picture/picture';
import { svgFile } from '../picture/svg';
import type { Given } from './command';

/** The formats that are pictures. */
export const PICTURES = ['svg', 'html'] as const;

/** Whether any of them is asked for: what they need is worked out only then. */
export function isDrawn({ outputs }: Given): boolean {
  return outputs.some(({ format }) => PICTURES.some((each) => each === format));
}

/** A picture in these formats, each made when it is printed. Where none is asked for, nothing is loaded. */
export async function drawn(
  given: Given,
  pictureOf: () => Picture,
): Promise<Readonly<Record<(typeof PICTURES)[number], () => string>>> {
  const layOut: LayOut | undefined = isDrawn(given) ? await graphviz() : undefined;
  let known: Picture | undefined;
  const made = (form: (picture: Picture, layOut: LayOut) => string) => () => {
    known ??= pictureOf();
    return layOut === undefined ? '' : form(known, layOut);
  };
  return { svg: made(svgFile), html: made(page) };
}
