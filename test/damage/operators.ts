import type { Random } from '../judges/random';
import type { Edit } from './edit';
import type { Files } from './manifests';
import { narrowBlocks, widenBlocks } from './operators/blocks';
import { changeNamespaces, relabelNamespaces } from './operators/namespaces';
import { addAllowAll, duplicate, lose, swapNames } from './operators/objects';
import { changeProtocols, narrowPorts, widenPorts } from './operators/ports';
import { changePolicyTypes, dropPeers, dropRules } from './operators/rules';
import { exchangeSelectors, narrowSelectors, widenSelectors } from './operators/selectors';

/** A kind of damage. */
export interface Operator {
  readonly name: string;
  /** It leaves the policies what they say, so that no witness can be found; what is left is refused or harmless. */
  readonly sparesPolicies?: true;
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
  { name: 'duplicate', edits: duplicate, sparesPolicies: true },
  { name: 'swap two names', edits: swapNames, sparesPolicies: true },
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
