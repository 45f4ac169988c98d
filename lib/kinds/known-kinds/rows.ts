import type { Certainty, KindClass, KnownKind, Scope } from './known-kind';

const SCOPES: Readonly<Record<string, Scope | undefined>> = { N: 'namespaced', C: 'cluster', '?': undefined };

const CERTAINTIES: Readonly<Record<string, Certainty>> = {
  v: 'source',
  d: 'documentation',
  u: 'memory',
  a: 'schema',
};

/**
 * The rows of a table, one a line: `group kind scope classes certainty | pod templates | labels | note`, the columns from the
 * right left out where they are empty. Scope is N, C or ?; certainty is v (source), d (documentation) or u (memory).
 */
export function rowsOf(text: string): KnownKind[] {
  return linesOf(text).map(rowOf);
}

function rowOf(line: string): KnownKind {
  const [head, podTemplates = '', labels = '', note = ''] = line.split(' | ').map((column) => column.trim());
  const [group, kind, scope, classes, certainty] = head.split(' ');
  return {
    group: group === 'core' ? '' : group,
    kind,
    ...(SCOPES[scope] && { scope: SCOPES[scope] }),
    classes: classes.split('+') as KindClass[],
    certainty: CERTAINTIES[certainty],
    ...(podTemplates !== '' && { podTemplates }),
    ...(labels !== '' && { labels }),
    ...(note !== '' && { note }),
  };
}

/** Kinds that only their schema tells about: `group: Kind scope, Kind scope, …`. */
export function schemaRowsOf(text: string): KnownKind[] {
  return linesOf(text).flatMap((line) => {
    const [group, kinds] = line.split(': ');
    return kinds.split(', ').map((entry): KnownKind => {
      const [kind, scope] = entry.split(' ');
      return { group, kind, scope: SCOPES[scope], classes: ['inert'], certainty: 'schema' };
    });
  });
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
