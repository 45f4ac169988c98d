import type { FileReading, WrittenObject } from '../analysis';
import { flowsAnnotation } from '../analysis/reasons';
import { preconditionsOf } from '../cluster/preconditions';
import { servicePreconditions } from '../cluster/service-ports';
import { tierAnnotations } from '../graph/flow-annotations';
import { FLOWS_ANNOTATION, parsedLine } from '../graph/flow-lines';
import { type GraphData, tierKey } from '../graph/graph-data';
import { isObject } from '../kinds/field';
import { objectText, refOf } from '../kinds/manifest';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { Problem } from '../model/problem';
import { type ManifestsProof, proveManifests } from './prove-manifests';

/** The proof of files, and what only the live cluster can show. */
export interface FilesProof extends ManifestsProof {
  readonly preconditions: readonly string[];
}

/** What of a reading of files a proof looks at. */
export type FilesRead = Pick<FileReading, 'written'> & Parameters<typeof proveManifests>[1];

/**
 * Proves that manifests in files allow what a graph declares, and nothing else, without the app that wrote them. What the
 * proof takes from the graph must be in the files as well: the labels of the namespaces, and what the policies say of their
 * flows.
 */
export function proveFiles(graph: GraphData, reading: FilesRead): FilesProof {
  const { proof, unreadable } = proveManifests(graph, reading);
  return {
    proof,
    unreadable: [
      ...unreadable,
      ...wrongNamespaces(graph, reading.written),
      ...wrongAnnotations(graph, reading.written),
    ],
    preconditions: [
      ...preconditionsOf(graph, graph.cluster),
      ...servicePreconditions(() => reading.written.map(({ object }) => object), graph.cluster),
    ],
  };
}

/** Whether none of the files says anything about a namespace of the graph: they are of something else. */
export function isOfOthers({ namespaces }: GraphData, written: readonly WrittenObject[]): boolean {
  const names = new Set(namespaces.map(({ name }) => name));
  return namespaces.length > 0 && !written.some(({ object }) => names.has(namespaceOf(object) ?? ''));
}

function namespaceOf(object: unknown): string | undefined {
  const ref = refOf(object, undefined, () => false);
  return ref?.kind === 'Namespace' ? ref.name : ref?.namespace;
}

/** Labels of a namespace decide whom policies of others select, and the proof takes them from the graph. */
function wrongNamespaces({ namespaces }: GraphData, written: readonly WrittenObject[]): Problem[] {
  const known = new Map(namespaces.flatMap(({ name, labels }) => (labels === undefined ? [] : [[name, labels]])));
  const found = new Set<string>();
  const wrong = written.flatMap(({ object, sourceOf }) => {
    const name = namespaceIn(object);
    const labels = name === undefined ? undefined : known.get(name);
    if (name === undefined || labels === undefined) return [];
    found.add(name);
    const expected = labelsText({ ...labels, [NAMESPACE_NAME_LABEL]: name });
    const given = labelsText({ ...labelsOf(object), [NAMESPACE_NAME_LABEL]: nameLabelOf(object) ?? name });
    if (expected === given) return [];
    return [
      {
        rule: 'graph-namespace',
        where: `${sourceOf(['metadata', 'labels'])}: Namespace ${name}`,
        what: `It has the labels ${given}, and the graph says ${expected}`,
        value: given,
        allowed: 'the labels that the graph says, all of them and no other',
        fix: FIX,
      },
    ];
  });
  const lost = [...known.keys()].filter((name) => !found.has(name as string));
  return [...wrong, ...lost.map((name) => lostNamespace(name as string))];
}

/** The name of the Namespace that an object is; undefined where it is none. */
export function namespaceIn(object: unknown): string | undefined {
  const ref = refOf(object, undefined, () => true);
  return ref?.kind === 'Namespace' && ref.apiVersion === 'v1' ? ref.name : undefined;
}

const FIX = 'Render the app anew, so that manifests and graph are of one state; or take back what was changed by hand.';

function lostNamespace(name: string): Problem {
  return {
    rule: 'graph-namespace',
    what: `The graph says that the Namespace ${name} is rendered, and it is not among the manifests`,
    value: name,
    allowed: 'every Namespace that the graph says is rendered',
    fix: FIX,
  };
}

/** The labels of an object as it is written. */
export function labelsOf(object: unknown): Readonly<Record<string, unknown>> {
  const metadata = isObject(object) && isObject(object.metadata) ? object.metadata : {};
  return isObject(metadata.labels) ? metadata.labels : {};
}

function nameLabelOf(object: unknown): unknown {
  return labelsOf(object)[NAMESPACE_NAME_LABEL];
}

function labelsText(labels: Readonly<Record<string, unknown>>): string {
  const { [NAMESPACE_NAME_LABEL]: name, ...others } = labels;
  const pairs = Object.entries({ ...others, [NAMESPACE_NAME_LABEL]: name }).map(([key, value]) => `${key}=${value}`);
  return `{${pairs.sort().join(', ')}}`;
}

/** What a policy says of its flows is what a reviewer reads, so it must be what the graph says. */
function wrongAnnotations(graph: GraphData, written: readonly WrittenObject[]): Problem[] {
  const expected = tierAnnotations(graph);
  const namespaces = new Set(graph.namespaces.map(({ name }) => name));
  return written.flatMap(({ object, sourceOf }) => {
    const given = flowsAnnotation(object);
    const ref = given === undefined ? undefined : refOf(object, undefined, () => false);
    if (ref?.namespace === undefined || !namespaces.has(ref.namespace)) return [];
    const wanted = expected.get(tierKey({ namespace: ref.namespace, name: ref.name })) ?? '';
    // Of policies that are of no tier, guardrails say why they are there.
    if (given === wanted || (wanted === '' && !saysFlows(given))) return [];
    return [
      {
        rule: 'graph-annotation',
        where: `${sourceOf(['metadata', 'annotations', FLOWS_ANNOTATION])}: ${objectText(ref)}`,
        what: `Its annotation ${FLOWS_ANNOTATION} is not what the graph says: ${linesText(given, wanted)}`,
        value: String(given),
        allowed: 'a line for each flow that the graph declares for the tier',
        fix: FIX,
      },
    ];
  });
}

function saysFlows(text: unknown): boolean {
  return String(text)
    .split('\n')
    .some((line) => line !== '' && parsedLine(line)?.kind !== 'guardrail');
}

/** The first line that one of the two has and the other lacks. */
function linesText(given: unknown, wanted: string): string {
  const [there, expected] = [String(given).split('\n'), wanted.split('\n')];
  const strange = there.find((line) => !expected.includes(line));
  if (strange !== undefined) return `${JSON.stringify(strange)} is not declared`;
  const missing = expected.find((line) => !there.includes(line));
  return missing === undefined ? 'its lines are in another order' : `${JSON.stringify(missing)} is missing`;
}
