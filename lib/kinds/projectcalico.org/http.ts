import type { PathPattern, RequestMatch } from '../../model/request-match';
import { canonicalRequests } from '../../model/request-match';
import type { Field } from '../field';
import { itemsUpTo, refuseRepeats, textOf } from './shape';

/**
 * The requests of `http`, every method with every path; one match for all requests where it names neither.
 *
 * Releases differ on paths: from 3.31.6 and 3.32 on, Dikastes compares them after decoding and cleaning, and a prefix ends
 * at a segment; before, a prefix is any beginning of the text (app-policy/checker/match.go, `matchHTTPPaths`). What means
 * the same in both is understood; the rest is opaque.
 */
export function readHttp(field: Field): RequestMatch[] {
  field.only(['methods', 'paths']);
  const methods = readMethods(field.child('methods'));
  const paths = readPaths(field.child('paths'));
  const of = methods === undefined ? {} : { methods };
  if (paths.length === 0) return [{ protocol: 'http', ...of }];
  return canonicalRequests(
    paths.map((path) =>
      typeof path === 'string'
        ? { protocol: 'opaque', text: `${methods?.join(',') ?? '*'} ${path}` }
        : { protocol: 'http', ...of, path },
    ),
  );
}

/** Sorted; undefined for every method. */
function readMethods(field: Field): string[] | undefined {
  const items = itemsUpTo(field, 20, 'methods');
  refuseRepeats(items);
  const methods = items.map((item) => item.text() ?? '');
  return methods.length === 0 || methods.includes('*') ? undefined : methods.sort();
}

interface Path {
  readonly kind: 'exact' | 'prefix';
  readonly text: string;
}

function readPaths(field: Field): (PathPattern | string)[] {
  const paths = itemsUpTo(field, 20, 'paths').flatMap(readPath);
  const exact = new Set(paths.filter(({ kind }) => kind === 'exact').map(({ text }) => text));
  const below = new Set(
    paths.flatMap(({ kind, text }) => {
      if (kind === 'exact' || !text.endsWith('/')) return [];
      const parent = text === '/' ? '/' : text.slice(0, -1);
      return isPlain(parent) && (text === '/' || exact.has(parent)) ? [parent] : [];
    }),
  );
  return [
    ...[...below].map((parent): PathPattern => ({ segments: segmentsOf(parent), below: true })),
    ...paths
      .filter(
        ({ kind, text }) =>
          !below.has(kind === 'exact' || text === '/' ? text : text.replace(/[/]$/, '')) || isOpen(kind, text),
      )
      .map(({ kind, text }) =>
        kind === 'exact' && isPlain(text) ? { segments: segmentsOf(text), below: false } : `${kind} ${text}`,
      ),
  ];
}

/** A prefix that does not end at a segment, which no pair with an exact path makes understood. */
function isOpen(kind: Path['kind'], text: string): boolean {
  return kind === 'prefix' && !text.endsWith('/');
}

function readPath(field: Field): Path[] {
  field.only(['exact', 'prefix']);
  const exact = textOf(field.child('exact'), 1024);
  const prefix = textOf(field.child('prefix'), 1024);
  const text = exact === '' ? prefix : exact;
  if ((exact === '') === (prefix === '')) {
    field.refuse({
      ...PATH,
      what: `The path has ${exact === '' ? 'neither exact nor prefix' : 'both exact and prefix'}`,
    });
    return [];
  }
  if (!text.startsWith('/') || /[? #]/.test(text)) {
    field.refuse({ ...PATH, what: `'${text}' is no path that Calico takes`, value: text });
    return [];
  }
  return [{ kind: exact === '' ? 'prefix' : 'exact', text }];
}

/** Decoding and cleaning leave the path as it is. */
function isPlain(path: string): boolean {
  if (path === '/') return true;
  return (
    !/[%;\\]/.test(path) &&
    path
      .slice(1)
      .split('/')
      .every((segment) => !['', '.', '..'].includes(segment))
  );
}

function segmentsOf(path: string): string[] {
  return path === '/' ? [] : path.slice(1).split('/');
}

const PATH = {
  rule: 'calico-http',
  allowed: "exact or prefix, with a path that begins with '/' and has no '?', '#' or space",
  fix: "Write exact: '/v1/chat/completions' for one path, or prefix: '/v1/' for all below it.",
};
