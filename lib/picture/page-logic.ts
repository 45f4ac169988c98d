import type { Arrow, Box, Picture } from './picture';

/** What the reader of the page wants to see. The empty text asks for nothing. */
export interface Wanted {
  readonly search: string;
  /** Id of an island. */
  readonly island: string;
  readonly role: string;
  readonly port: string;
  readonly engine: string;
  readonly only: '' | 'internet' | 'found' | 'marked' | 'perhaps';
  /** Id of an island or a box: everything to and from it. */
  readonly around: string;
}

export type PictureSeen = Pick<Picture, 'islands' | 'boxes' | 'arrows'>;

/** The ids of the arrows that are wanted. It runs in the page too, from its own text: it needs nothing beside itself. */
export function wantedArrows({ islands, boxes, arrows }: PictureSeen, wanted: Wanted): string[] {
  const boxById = new Map(boxes.map((box) => [box.id, box]));
  const islandById = new Map(islands.map((island) => [island.id, island]));
  const nobody: Box = { id: '', island: '', name: '', small: '', kind: 'outside', role: '', facts: [], findings: [] };
  const boxOf = (id: string) => boxById.get(id) ?? nobody;
  const words = wanted.search.toLowerCase().split(/\s+/).filter(Boolean);
  const byPort = portAsked(wanted.port);

  const matching = arrows.filter(
    (arrow) =>
      ends(arrow).some((box) => isIn(box, wanted.island)) &&
      (wanted.role === '' || ends(arrow).some((box) => box.role === wanted.role)) &&
      (wanted.engine === '' || arrow.engines.includes(wanted.engine)) &&
      byPort(arrow) &&
      isOfKind(arrow),
  );
  const around = wanted.around === '' ? matching : matching.filter((arrow) => ends(arrow).some(isAround));
  const found = around.filter((arrow) => words.every((word) => textOf(arrow).includes(word)));
  return (wanted.only === 'internet' ? onPathsToInternet() : found).map(({ id }) => id);

  function ends({ from, to }: Arrow): Box[] {
    return [boxOf(from), boxOf(to)];
  }

  function isIn(box: Box, island: string): boolean {
    return island === '' || box.island === island || box.kind === 'everyone';
  }

  /** What is there for a whole namespace is there for each of its workloads. */
  function isAround(box: Box): boolean {
    if (islandById.has(wanted.around)) return isIn(box, wanted.around);
    return areMet(box, boxOf(wanted.around));
  }

  /** Whether two boxes have a workload in common. */
  function areMet(a: Box, b: Box): boolean {
    if (a.id === b.id) return true;
    if (a.kind === 'outside' || b.kind === 'outside') return false;
    if (a.kind === 'everyone' || b.kind === 'everyone') return true;
    return a.island === b.island && (a.kind === 'all' || b.kind === 'all');
  }

  function isOfKind({ findings, mark, isPerhaps }: Arrow): boolean {
    switch (wanted.only) {
      case 'found':
        return findings.length > 0;
      case 'marked':
        return mark !== undefined;
      case 'perhaps':
        return isPerhaps;
      default:
        return true;
    }
  }

  /** Everything on a way to the internet, from what is found; of a box that is looked at, the ways from there. */
  function onPathsToInternet(): Arrow[] {
    const open = arrows.filter(({ mark }) => mark !== 'removed' && mark !== 'half-open');
    const last = open.filter(({ internet }) => internet === 'to');
    const before = spread(last, (arrow, known) => areMet(boxOf(arrow.to), boxOf(known.from)));
    if (wanted.around === '' && found.length === arrows.length) return open.filter((arrow) => before.has(arrow));
    const leaving = found.filter((arrow) => before.has(arrow) && isFirst(arrow));
    const after = spread(leaving, (arrow, known) => areMet(boxOf(arrow.from), boxOf(known.to)));
    return open.filter((arrow) => before.has(arrow) && after.has(arrow));

    function isFirst({ from }: Arrow): boolean {
      return wanted.around === '' || isAround(boxOf(from));
    }

    /** All that hang together with the first ones, by what makes one the neighbour of another. */
    function spread(first: readonly Arrow[], isNext: (arrow: Arrow, known: Arrow) => boolean): Set<Arrow> {
      const reached = new Set(first);
      const waiting = [...first];
      for (let known = waiting.pop(); known !== undefined; known = waiting.pop()) {
        for (const arrow of open) {
          if (reached.has(arrow) || !isNext(arrow, known)) continue;
          reached.add(arrow);
          waiting.push(arrow);
        }
      }
      return reached;
    }
  }

  function textOf(arrow: Arrow): string {
    const names = ends(arrow).flatMap(({ name, small, role, island }) => [
      name,
      small,
      role,
      islandById.get(island)?.name,
    ]);
    return [...names, arrow.ports, ...arrow.reasons, ...arrow.policies].join(' ').toLowerCase();
  }

  /** `8080`, `UDP/53`, `8000-8010`. What is no port finds nothing. */
  function portAsked(text: string): (arrow: Arrow) => boolean {
    if (text.trim() === '') return () => true;
    const [, protocol, first, last = first] = /^(?:([a-z]+)\/)?(\d+)(?:-(\d+))?$/i.exec(text.trim()) ?? [];
    if (first === undefined) return () => false;
    return ({ ranges }) =>
      ranges.some(
        ([own, low, high]) =>
          (own === '*' || protocol === undefined || own === protocol.toUpperCase()) &&
          low <= Number(last) &&
          Number(first) <= high,
      );
  }
}
