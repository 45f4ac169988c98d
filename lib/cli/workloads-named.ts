import { nearOnes } from '../model/near';
import type { Labels } from '../model/selector';
import type { Workload, World } from '../model/world';
import { usageError } from './usage-error';

/**
 * The workloads that words name, by their ids: `namespace/name`, `namespace/Kind/name`, `namespace/label=value,…`, or
 * `namespace/*` for all of a namespace.
 *
 * @throws for words that name none, with the nearest ones.
 */
export function workloadsNamed(words: string, { workloads }: World): readonly string[] {
  const found = workloads.filter((workload) => isNamed(words, workload)).map(({ id }) => id);
  if (found.length > 0) return found;
  const near = nearOnes(words, [...new Set(workloads.map(shortName))]).slice(0, MOST_NEAR);
  throw usageError({
    what: `No workload in these manifests is '${words}'${near.length === 0 ? '' : `; did you mean ${near.map((it) => `'${it}'`).join(' or ')}`}`,
    value: words,
    allowed: 'namespace/name, namespace/Kind/name, namespace/label=value,… or namespace/*',
    fix: 'Check the namespace and the name, or read the manifests that it is in.',
  });
}

const MOST_NEAR = 3;

function isNamed(words: string, workload: Workload): boolean {
  const { id, namespace, labels } = workload;
  if (words === id || words === withoutVariant(id) || words === shortName(workload)) return true;
  const slash = words.indexOf('/');
  const [where, what] = [words.slice(0, slash), words.slice(slash + 1)];
  if (slash < 0 || where !== namespace) return false;
  return what === '*' || (what.includes('=') && what.split(',').every((label) => hasLabel(labels, label)));
}

function hasLabel(labels: Labels, text: string): boolean {
  const equals = text.indexOf('=');
  const key = text.slice(0, equals);
  return equals > 0 && Object.hasOwn(labels, key) && labels[key] === text.slice(equals + 1);
}

/** One owner may have pods of several sorts, told apart by `#2`. */
function withoutVariant(id: string): string {
  return id.replace(/#\d+$/, '');
}

function shortName({ id, namespace }: Workload): string {
  return `${namespace}/${withoutVariant(id).split('/').slice(2).join('/')}`;
}
