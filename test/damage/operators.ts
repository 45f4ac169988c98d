import type { Random } from '../judges/random';
import type { Edit } from './edit';
import type { Files } from './manifests';
import { narrowBlocks, widenBlocks } from './operators/blocks';
import { addObjects, addOwners, addWhatOthersAdd, changeReasons, changeSync, makeHooks } from './operators/metadata';
import { changeNamespaces, relabelNamespaces } from './operators/namespaces';
import { addAllowAll, duplicate, lose, swapNames } from './operators/objects';
import { changeProtocols, narrowPorts, widenPorts } from './operators/ports';
import { changePolicyTypes, dropPeers, dropRules } from './operators/rules';
import { exchangeSelectors, narrowSelectors, widenSelectors } from './operators/selectors';
import { changeTemplates, exchangeLabels, moveWorkloads, replaceWorkloads } from './operators/workloads';

/** A kind of damage. */
export interface Operator {
  readonly name: string;
  /** It leaves the policies what they say, so that no witness can be found; what is left is refused or harmless. */
  readonly sparesPolicies?: true;
  /** Whether it can leave what is written the same in meaning as what is rendered. @default never */
  readonly isHarmless?: 'always' | 'sometimes';
  /** Every place where it can be applied to these manifests, and every way. */
  readonly edits: (files: Files, random: Random) => Edit[];
}

export const operators: readonly Operator[] = [
  { name: 'drop a rule', edits: dropRules },
  { name: 'drop a peer, or all peers of a rule', edits: dropPeers },
  { name: 'widen a selector', edits: widenSelectors },
  { name: 'narrow a selector', edits: narrowSelectors },
  { name: 'exchange the subjects of two policies', edits: exchangeSelectors },
  { name: 'widen a port', edits: widenPorts },
  { name: 'narrow or change a port', edits: narrowPorts },
  { name: 'change a protocol', edits: changeProtocols },
  { name: 'widen a block', edits: widenBlocks },
  { name: 'narrow a block', edits: narrowBlocks },
  { name: 'drop or change policyTypes', edits: changePolicyTypes },
  { name: 'change a namespace', edits: changeNamespaces },
  { name: 'relabel a Namespace', edits: relabelNamespaces, sparesPolicies: true },
  { name: 'add a foreign allow-all', edits: addAllowAll },
  { name: 'lose an object or a file', edits: lose },
  { name: 'duplicate', edits: duplicate, sparesPolicies: true, isHarmless: 'sometimes' },
  { name: 'swap two names', edits: swapNames, sparesPolicies: true },
  { name: 'add an object', edits: addObjects, sparesPolicies: true },
  { name: 'exchange the labels of two workloads', edits: exchangeLabels, sparesPolicies: true },
  { name: 'change a pod template', edits: changeTemplates, sparesPolicies: true },
  { name: 'move a workload', edits: moveWorkloads, sparesPolicies: true },
  { name: 'replace a workload', edits: replaceWorkloads, sparesPolicies: true },
  { name: 'make a hook of an object', edits: makeHooks, sparesPolicies: true },
  { name: 'change a sync wave or option', edits: changeSync, sparesPolicies: true },
  { name: 'give an object an owner that is not there', edits: addOwners, sparesPolicies: true },
  { name: 'change reasons or the graph', edits: changeReasons, sparesPolicies: true },
  { name: 'add what tools of deployment add', edits: addWhatOthersAdd, sparesPolicies: true, isHarmless: 'always' },
];

/** The files with one place damaged; undefined where there is no such place. */
export function damaged(files: Files, { name, edits }: Operator, random: Random): Files | undefined {
  const copy = structuredClone(files);
  const places = edits(copy, random);
  if (places.length === 0) return undefined;
  random.oneOf(places)();
  if (JSON.stringify(copy) === JSON.stringify(files)) throw new Error(`${name} changed nothing`);
  return copy;
}
