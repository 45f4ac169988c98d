import { into } from '../../model/into';
import { isFromNode } from '../../model/labels';
import { NAMESPACE_NAME_LABEL, type PodSet, soleNamespace } from '../../model/pod-set';
import type { Labels, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { within } from '../../model/within';
import { matchOfLabels } from './match';
import type { PodClass } from './pod-classes';

/** Classes by number, rising. */
export type ClassIds = Int32Array;

/** The classes that a pod set has for certain, and those that it may have, by labels that are not known. */
export interface SelectedClasses {
  readonly surely: ClassIds;
  readonly perhaps: ClassIds;
}

const NOBODY = new Int32Array(0);

/** Below this many classes, asking each is cheaper than an index. */
const FEW = 16;

/** Finds the classes that a pod set has. Each selector is asked once about each set of labels, or about fewer. */
export class Selected {
  readonly #namespaces = new Map<string, { readonly labels: Labels; readonly classes: number[] }>();
  readonly #indexes = new Map<string, Map<string, number[]>>();
  readonly #namespacesOf = new Map<Selector, readonly string[]>();
  /** Equal selectors of Kubernetes' own policies are read once, so that their sets differ and their selectors do not. */
  readonly #known = new Map<Selector, Map<Selector, SelectedClasses>>();
  /** Keys of labels that are not known of some class; `any` where there is one of which none but its own are. */
  readonly #unknown: ReadonlySet<string> | 'any';

  constructor(private readonly classes: readonly PodClass[]) {
    classes.forEach(({ namespace, namespaceLabels, hostNetwork }, id) => {
      const known = this.#namespaces.get(namespace);
      const entry = known ?? { labels: namespaceLabels, classes: [] };
      if (known === undefined) this.#namespaces.set(namespace, entry);
      // Pods on the host network carry the identity of their node: no selector has them.
      if (!hostNetwork) entry.classes.push(id);
    });
    const unknown = classes.map(({ unknownLabels }) => unknownLabels);
    this.#unknown = unknown.includes('any') ? 'any' : new Set(unknown.flat());
  }

  /** It is asked of every peer of every rule, so that nothing is written where something is known. Of equal selectors it is the same object. */
  find(set: PodSet): SelectedClasses {
    const inNamespaces = within(this.#known, set.namespaces);
    let found = inNamespaces.get(set.pods);
    if (found === undefined) {
      found = this.#findFirst(set);
      inNamespaces.set(set.pods, found);
    }
    return found;
  }

  #findFirst(set: PodSet): SelectedClasses {
    return this.#asksUnknown(set.pods) ? this.#findAmongUnknown(set) : { surely: this.#find(set), perhaps: NOBODY };
  }

  /** Whether the selector asks about a label that is not known of some class. */
  #asksUnknown({ constraints }: Selector): boolean {
    const unknown = this.#unknown;
    if (unknown === 'any') return constraints.length > 0;
    return constraints.some(({ key }) => isFromNode(key) || unknown.has(key));
  }

  #findAmongUnknown({ namespaces, pods }: PodSet): SelectedClasses {
    const found = { surely: [] as number[], perhaps: [] as number[] };
    for (const namespace of this.#namespacesWith(namespaces)) {
      for (const id of this.#namespaces.get(namespace)?.classes ?? []) {
        const match = matchOfLabels(pods, this.classes[id]);
        if (match !== 'no') found[match].push(id);
      }
    }
    return { surely: rising(found.surely), perhaps: rising(found.perhaps) };
  }

  #find({ namespaces, pods }: PodSet): ClassIds {
    const found: number[] = [];
    for (const namespace of this.#namespacesWith(namespaces)) {
      for (const id of this.#candidates(namespace, pods)) {
        if (selectors.matches(pods, this.classes[id].labels)) found.push(id);
      }
    }
    return rising(found);
  }

  #namespacesWith(selector: Selector): readonly string[] {
    const name = soleNamespace(selector);
    if (name !== undefined) return this.#namespaces.has(name) ? [name] : [];
    const known = this.#namespacesOf.get(selector);
    if (known !== undefined) return known;
    const named = selector.constraints.find(({ key, excluded }) => key === NAMESPACE_NAME_LABEL && !excluded);
    const candidates = named?.values ?? [...this.#namespaces.keys()];
    const found = candidates.filter((candidate) => {
      const labels = this.#namespaces.get(candidate)?.labels;
      return labels !== undefined && selectors.matches(selector, labels);
    });
    this.#namespacesOf.set(selector, found);
    return found;
  }

  /** Classes of the namespace that may match: by one label that the selector demands, where there are many. */
  #candidates(namespace: string, selector: Selector): readonly number[] {
    const all = this.#namespaces.get(namespace)?.classes ?? [];
    if (all.length <= FEW) return all;
    const demanded = selector.constraints.find(({ excluded, mayBeAbsent }) => !excluded && !mayBeAbsent);
    if (demanded === undefined) return all;
    const index = this.#index(namespace, all);
    return demanded.values.flatMap((value) => index.get(`${demanded.key}=${value}`) ?? []);
  }

  #index(namespace: string, ids: readonly number[]): Map<string, number[]> {
    const known = this.#indexes.get(namespace);
    if (known !== undefined) return known;
    const index = new Map<string, number[]>();
    for (const id of ids) {
      for (const [key, value] of Object.entries(this.classes[id].labels)) {
        const label = `${key}=${value}`;
        into(index, label, id);
      }
    }
    this.#indexes.set(namespace, index);
    return index;
  }
}

/** In order, which they are already where they are of one namespace and one value: most are. */
function rising(found: readonly number[]): ClassIds {
  const ids = new Int32Array(found);
  return found.every((id, i) => i === 0 || found[i - 1] < id) ? ids : ids.sort();
}
