import type { WrittenObject } from '../../analysis/files/read-files';
import { isObject } from '../../kinds/field';
import type { PolicyRef, Rule } from '../../model/layer';
import { NAMESPACE_NAME_LABEL } from '../../model/pod-set';
import { sameData } from '../../model/same-data';
import type { Labels, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import type { Snapshot } from '../snapshot';
import type { LabelDrift } from './drift';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Namespaces of the cluster that a rendered rule selects otherwise than by what is rendered: one that now wears
 * `purpose: gateway`, and one that has lost it. A namespace that is not rendered counts as known by its name alone.
 */
export function labelDrift(
  rules: readonly Rule[],
  rendered: readonly WrittenObject[],
  { all }: Pick<Snapshot, 'all'>,
): readonly LabelDrift[] {
  const asked = askedSelectors(rules);
  const declared = new Map(
    rendered.filter(({ object }) => isNamespace(object)).map((one) => [nameOf(one.object), one]),
  );
  return all.filter(isNamespace).flatMap((live) => {
    const name = nameOf(live);
    const own = declared.get(name);
    const before = { [NAMESPACE_NAME_LABEL]: name, ...labelsOf(own?.object) };
    const now = { [NAMESPACE_NAME_LABEL]: name, ...labelsOf(live) };
    // Most namespaces have the labels that are rendered.
    if (sameData(before, now)) return [];
    return (['joined', 'left'] as const).flatMap((change): LabelDrift[] => {
      const found = asked.filter(({ selector }) => {
        const [was, is] = [selectors.matches(selector, before), selectors.matches(selector, now)];
        return change === 'joined' ? is && !was : was && !is;
      });
      if (found.length === 0) return [];
      const policies = [...new Map(found.flatMap((each) => each.policies).map((ref) => [refKey(ref), ref])).values()];
      const labels = changedLabels(
        before,
        now,
        found.map(({ selector }) => selector),
      );
      return [{ namespace: name, ...(own && { rendered: own }), change, labels, policies }];
    });
  });
}

interface Asked {
  readonly selector: Selector;
  readonly policies: PolicyRef[];
}

/** Selectors of namespaces that rules let in or out, each once. */
function askedSelectors(rules: readonly Rule[]): readonly Asked[] {
  const asked = new Map<string, Asked>();
  for (const { policy, peers } of rules) {
    for (const peer of peers) {
      if (peer.kind !== 'pods' || selectors.isAnything(peer.pods.namespaces)) continue;
      const text = selectors.selectorText(peer.pods.namespaces);
      const known = asked.get(text) ?? { selector: peer.pods.namespaces, policies: [] };
      asked.set(text, known);
      known.policies.push(policy);
    }
  }
  return [...asked.values()];
}

/** Of the labels that are asked for, those that are not as they were: `purpose=gateway`, or `no purpose`. */
function changedLabels(before: Labels, now: Labels, asked: readonly Selector[]): readonly string[] {
  const keys = new Set(asked.flatMap(({ constraints }) => constraints.map(({ key }) => key)));
  return [...keys]
    .filter((key) => before[key] !== now[key])
    .sort()
    .map((key) => (now[key] === undefined ? `no ${key}` : `${key}=${now[key]}`));
}

function isNamespace(object: unknown): boolean {
  return isObject(object) && object.kind === 'Namespace' && object.apiVersion === 'v1';
}

function nameOf(object: unknown): string {
  const { metadata } = object as Fields;
  return isObject(metadata) ? String(metadata.name) : '';
}

function labelsOf(object: unknown): Labels {
  const metadata = isObject(object) ? object.metadata : undefined;
  return isObject(metadata) && isObject(metadata.labels) ? (metadata.labels as Labels) : {};
}

function refKey({ kind, namespace = '', name }: PolicyRef): string {
  return `${kind}/${namespace}/${name}`;
}
