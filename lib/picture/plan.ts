import { into } from '../model/into';
import type { Arrow, Mark, Picture } from './picture';

/** What is to be laid out: boxes of a size, some of them in frames, and lines between them. Its ids are ours. */
export interface Plan {
  readonly frames: readonly PlanFrame[];
  /** Boxes in no frame. */
  readonly boxes: readonly PlanBox[];
  readonly lines: readonly PlanLine[];
}

export interface PlanFrame {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly boxes: readonly PlanBox[];
}

export interface PlanBox {
  readonly id: string;
  readonly name: string;
  readonly small: string;
  readonly width: number;
  readonly height: number;
}

export interface PlanLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Written beside the line; the empty text for none. */
  readonly label: string;
  readonly width: number;
  /** The arrows of the picture that it stands for. */
  readonly arrows: readonly string[];
  readonly classes: readonly string[];
  readonly title: string;
}

/** With more arrows than this, what passes is told when an arrow is pointed at, and not beside it. */
const MOST_LABELLED = 60;

/** Everything: a frame an island, a box a workload. */
export function wholePlan({ islands, boxes, arrows }: Picture): Plan {
  const names = new Map(boxes.map(({ id, name }) => [id, name]));
  const isLabelled = arrows.length <= MOST_LABELLED;
  return {
    frames: islands.flatMap((island) => {
      const own = boxes.filter((box) => box.island === island.id);
      if (island.kind === 'outside' || own.length === 0) return [];
      const title = shortened(island.name);
      return [{ id: island.id, title, width: widthOf(title, BIG), boxes: own.map(planBox) }];
    }),
    boxes: boxes
      .filter(({ island }) => islands.some(({ id, kind }) => id === island && kind === 'outside'))
      .map(planBox),
    lines: arrows.map((arrow) => {
      const label = isLabelled ? shortened(arrow.ports) : '';
      const { id, from, to } = arrow;
      return {
        id: `w${id}`,
        from,
        to,
        label,
        width: widthOf(label, SMALL),
        arrows: [id],
        classes: classesOf([arrow]),
        title: titleOf(names.get(from), names.get(to), [arrow]),
      };
    }),
  };
}

/** More lines than this are a black sheet, and take minutes to lay out. */
const MOST_LINES = 1000;

/**
 * Islands alone: a box a namespace, a line for everything between two of them. Of very many lines those that stand for most
 * are there, `left` for the others.
 */
export function islandsPlan({ islands, boxes, arrows }: Picture): Plan & { readonly left: number } {
  const byId = new Map(islands.map((island) => [island.id, island]));
  const countOf = (id: string) => boxes.filter(({ island, kind }) => island === id && kind === 'one').length;
  const endOf = new Map(
    boxes.map((box) => {
      const island = byId.get(box.island);
      return [box.id, island?.kind === 'namespace' ? island.id : box.id] as const;
    }),
  );
  const names = new Map([...islands, ...boxes].map(({ id, name }) => [id, name]));
  const between = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    const [from, to] = [endOf.get(arrow.from), endOf.get(arrow.to)];
    if (from === to) continue;
    const key = `${from} ${to}`;
    into(between, key, arrow);
  }
  const busiest = [...between].sort(([, a], [, b]) => b.length - a.length).slice(0, MOST_LINES);
  const kept = between.size <= MOST_LINES ? [...between] : busiest;
  return {
    left: between.size - kept.length,
    frames: [],
    boxes: [
      ...islands
        .filter(({ kind }) => kind === 'namespace')
        .map(({ id, name }) => planBox({ id, name, small: workloadsText(countOf(id)) })),
      ...boxes.filter(({ id }) => endOf.get(id) === id).map(planBox),
    ],
    lines: kept.map(([key, own], position) => {
      const [from, to] = key.split(' ');
      const label = own.length === 1 ? '' : `${own.length}`;
      return {
        id: `i${position}`,
        from,
        to,
        label,
        width: widthOf(label, SMALL),
        arrows: own.map(({ id }) => id),
        classes: classesOf(own),
        title: titleOf(names.get(from), names.get(to), own),
      };
    }),
  };
}

/** Of several arrows the mark that matters most is shown, and how many there are. */
function classesOf(arrows: readonly Arrow[]): readonly string[] {
  const mark = WORST.find((one) => arrows.some((arrow) => arrow.mark === one));
  return [
    ...(mark === undefined ? [] : [`mark-${mark}`]),
    ...(arrows.every(({ isPerhaps }) => isPerhaps) ? ['perhaps'] : []),
    ...(arrows.some(({ findings }) => findings.length > 0) ? ['found'] : []),
    ...(arrows.some(({ internet }) => internet !== undefined) ? ['internet'] : []),
  ];
}

const WORST: readonly Mark[] = [
  'added',
  'widened',
  'changed',
  'half-open',
  'less-sure',
  'surer',
  'narrowed',
  'removed',
];

function titleOf(from: string | undefined, to: string | undefined, arrows: readonly Arrow[]): string {
  const [only] = arrows;
  const what = arrows.length === 1 ? only.ports : `${arrows.length} connections`;
  return `${from} to ${to}: ${what}`;
}

function workloadsText(count: number): string {
  return count === 1 ? '1 workload' : `${count} workloads`;
}

function planBox({ id, name, small }: { readonly id: string; readonly name: string; readonly small: string }): PlanBox {
  const [short, second] = [shortened(name), shortened(small)];
  const width = Math.max(60, widthOf(short, BIG), widthOf(second, SMALL)) + 20;
  return { id, name: short, small: second, width, height: second === '' ? 30 : 42 };
}

const MOST_SIGNS = 36;
/** Width of a sign of the two sizes of text, in points: a little more than most fonts take. */
const BIG = 7.4;
export const SMALL = 6.1;

function shortened(text: string): string {
  const signs = [...text];
  return signs.length > MOST_SIGNS ? `${signs.slice(0, MOST_SIGNS - 1).join('')}…` : text;
}

export function widthOf(text: string, size: number): number {
  return Math.ceil([...text].reduce((sum, sign) => sum + (isWide(sign) ? 2 : 1), 0) * size);
}

/** Signs of East Asian scripts, and pictures. */
function isWide(sign: string): boolean {
  return (sign.codePointAt(0) ?? 0) >= 0x1100;
}
