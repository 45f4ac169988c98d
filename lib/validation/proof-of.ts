import { reliabilityOf } from '../analysis/reliability';
import { isOfOthers, proveFiles } from '../proof';
import { consistency } from '../proof/consistency/consistency';
import { type ProofResult, proofResult } from '../report/proof-result';
import type { ReadTogether, Together } from './together';

/**
 * Manifests held against the graph beside them, or against their own annotations. Undefined where no policy says what it is
 * to allow, and where what could not be read may say anything: the findings have that.
 */
export function proofOf({ name, graph: file }: Together, read: ReadTogether): ProofResult | undefined {
  const { reading, plane, facts, graph } = read;
  if (graph !== undefined && file !== undefined) {
    const made = proveFiles(graph, reading);
    const stranger = isOfOthers(graph, reading.written) ? [graphOfOthers(file)] : [];
    return proofResult(
      { ...made, unreadable: [...stranger, ...made.unreadable] },
      { name, graph: file, notes: [] },
      reading.written,
    );
  }
  if (reliabilityOf(reading, plane).broken.length > 0) return undefined;
  const held = consistency(reading, plane, facts);
  if (held.isEmpty) return undefined;
  return proofResult(held, { name, notes: held.notes }, reading.written);
}

function graphOfOthers(file: string) {
  return {
    rule: 'graph-of-others',
    where: file,
    what: 'None of the manifests is about a namespace of this graph',
    value: file,
    allowed: 'the graph that was rendered with the manifests',
    fix: 'Name the graph that lies beside them.',
  };
}
