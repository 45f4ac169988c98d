import type { EventType, State } from 'js-yaml';
import type { FieldPath } from '../../kinds/field';
import { jsYaml } from './parsers';

/** A field, by the line of its key, or an item of a list, with what is in it. */
export interface Placed {
  /** Within the text, from 1. */
  readonly line: number;
  readonly fields?: ReadonlyMap<string, Placed>;
  readonly items?: readonly Placed[];
}

/** The place of the field, or the nearest one above it that is there. */
export function nearest(root: Placed, path: FieldPath): Placed {
  let place = root;
  for (const step of path) {
    const below: Placed | undefined = place.fields?.get(String(step)) ?? place.items?.[Number(step)];
    if (below === undefined) return place;
    place = below;
  }
  return place;
}

/**
 * Where everything stands, as `js-yaml` tells while it reads: several times as fast as `yaml`, which tells it of
 * every document. Undefined where its events do not add up to the value that it read, or do not tell where that begins:
 * merge keys, keys that are no text, empty items, tags, some anchors.
 */
export function lineTree(text: string): Placed | undefined {
  if (text.includes('\r')) return undefined;
  try {
    const root = eventsOf(text);
    return root && placed(text, root);
  } catch {
    return undefined;
  }
}

/** What stands between the `open` and the `close` of a node: keys and values in turn, or items. */
interface Event {
  readonly line: number;
  readonly position: number;
  readonly below: Event[];
  kind?: unknown;
  result?: unknown;
}

/** What `js-yaml` has besides what its types name. */
type Reading = State & { readonly result: unknown };

function eventsOf(text: string): Event | undefined {
  const top: Event = { line: 0, position: 0, below: [] };
  const open = [top];
  const listener = (type: EventType, state: State) => {
    if (type === 'open') {
      const event = { line: state.line + 1, position: state.position, below: [] };
      open[open.length - 1].below.push(event);
      open.push(event);
      return;
    }
    const event = open.pop();
    if (event !== undefined) Object.assign(event, { kind: state.kind, result: (state as Reading).result });
  };
  jsYaml().load(text, { listener });
  return top.below.length === 1 ? top.below[0] : undefined;
}

function placed(text: string, event: Event): Placed | undefined {
  const line = beginningLine(text, event);
  const inside = line === undefined ? undefined : insideOf(text, event);
  return line === undefined || inside === undefined ? undefined : { line, ...inside };
}

/** Where an anchor ends its line, an object begins at its first key; a tag is left to `yaml`. */
function beginningLine(text: string, { line, position, below: [first] }: Event): number | undefined {
  const begin = text[position];
  if (begin === undefined || /[\s#!?]/.test(begin)) return undefined;
  if (begin !== '&') return line;
  const end = text.indexOf('\n', position);
  if (first === undefined || first.position < end) return undefined;
  return /^&\S+\s+$/.test(text.slice(position, first.position)) ? first.line : undefined;
}

type Inside = Pick<Placed, 'fields' | 'items'>;

function insideOf(text: string, { kind, result, below }: Event): Inside | undefined {
  const [first] = below;
  // What could be the first key of an object is read as one, and is then the whole value where no colon follows.
  if (first !== undefined && first.kind === kind && first.result === result) {
    return below.length === 1 ? insideOf(text, first) : undefined;
  }
  if (kind === 'mapping') return fieldsOf(text, result as object, below);
  if (kind === 'sequence') return itemsOf(text, result as readonly unknown[], below);
  return {};
}

function fieldsOf(text: string, result: object, below: readonly Event[]): Inside | undefined {
  const fields = new Map<string, Placed>();
  if (below.length !== 2 * Object.keys(result).length) return undefined;
  for (let i = 0; i < below.length; i += 2) {
    const [{ line, position, result: key }, value] = [below[i], below[i + 1]];
    if (typeof key !== 'string' || !Object.hasOwn(result, key) || fields.has(key)) return undefined;
    if (!/[A-Za-z_'"]/.test(text[position])) return undefined;
    const inside = insideOf(text, value);
    if (inside === undefined) return undefined;
    fields.set(key, { line, ...inside });
  }
  return { fields };
}

function itemsOf(text: string, result: readonly unknown[], below: readonly Event[]): Inside | undefined {
  if (below.length !== result.length) return undefined;
  const items = below.map((item) => placed(text, item));
  return items.every((item) => item !== undefined) ? { items } : undefined;
}
