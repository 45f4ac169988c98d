/** Where everything of a plan is, in points from the top left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly frames: ReadonlyMap<string, Frame>;
  /** Their centres. */
  readonly boxes: ReadonlyMap<string, Point>;
  readonly lines: ReadonlyMap<string, Line>;
}

export interface Frame extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  /** A first point, and three for each piece of the curve. */
  readonly points: readonly Point[];
  readonly tip: Point;
  /** The middle of its label; absent where it has none. */
  readonly label?: Point;
}

interface Json {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos?: string; readonly bb?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos?: string; readonly lp?: string }[];
}

/** Reads what Graphviz gives as `json0`; its heights count from the bottom. */
export function layoutOf(json: string): Layout {
  const { bb, objects = [], edges = [] } = JSON.parse(json) as Json;
  const [, , width, height] = numbersOf(bb);
  const pointOf = (text: string): Point => {
    const [x, y] = numbersOf(text);
    return { x: rounded(x), y: rounded(height - y) };
  };
  const frames = new Map<string, Frame>();
  const boxes = new Map<string, Point>();
  for (const { name, pos, bb: box } of objects) {
    if (pos !== undefined) boxes.set(name, pointOf(pos));
    else if (box !== undefined) frames.set(name.replace(/^cluster_/, ''), frameOf(numbersOf(box), height));
  }
  const lines = new Map<string, Line>();
  for (const { id, pos, lp } of edges) {
    if (pos === undefined) continue;
    const parts = pos.split(' ');
    const tip = parts.find((part) => part.startsWith('e,'))?.slice(2);
    const points = parts.filter((part) => !/^[es],/.test(part)).map(pointOf);
    lines.set(id, {
      points,
      tip: tip === undefined ? points[points.length - 1] : pointOf(tip),
      ...(lp !== undefined && { label: pointOf(lp) }),
    });
  }
  return { width: rounded(width), height: rounded(height), frames, boxes, lines };
}

function frameOf([left, bottom, right, top]: readonly number[], height: number): Frame {
  return {
    x: rounded(left),
    y: rounded(height - top),
    width: rounded(right - left),
    height: rounded(top - bottom),
  };
}

function numbersOf(text: string): readonly number[] {
  return text.split(',').map(Number);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
