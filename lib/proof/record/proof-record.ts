import { PROOF_RECORDS, STATEMENT_TYPE } from '../../analysis/files/own-files';
import { type GraphData, tierKey } from '../../graph/graph-data';
import { promisesOfTiers } from '../promises-of-tiers';
import type { Proof, ProofCounts } from '../prove';
import type { FilesProof } from '../prove-files';
import type { FileDigest } from './digests';

/** Names the layout of the predicate; a change that a reader could trip over gets a new number. */
export const PREDICATE_TYPE = `${PROOF_RECORDS}v1`;

/** What was proved of files, as a statement of in-toto (attestation framework, "Statement v1"). */
export interface ProofRecord {
  readonly _type: typeof STATEMENT_TYPE;
  /** Every file with a manifest in it, by its name. */
  readonly subject: readonly FileDigest[];
  readonly predicateType: typeof PREDICATE_TYPE;
  readonly predicate: ProofPredicate;
}

export interface ProofPredicate {
  readonly tool: { readonly name: string; readonly version: string };
  /** The graph that the manifests were held against. */
  readonly declaration: FileDigest;
  readonly engine: { readonly name: string; readonly version?: string; readonly platform?: string };
  /** `would-allow`: policies of the audited namespaces are only tried out. */
  readonly conclusion: 'proved' | 'would-allow';
  readonly audited?: readonly string[];
  readonly quantifiedOver: QuantifiedOver;
  /** What holds, each a sentence by its id. */
  readonly statements: Readonly<Record<string, string>>;
  readonly counts: ProofCounts;
  /** What the proof does not speak of. */
  readonly assumptions: readonly string[];
  /** What only the live cluster can show. */
  readonly preconditions: readonly string[];
}

/** For what the statements hold: each of these that could exist, and not only those that do. */
export interface QuantifiedOver {
  readonly namespaces: readonly string[];
  readonly pods: string;
  readonly peers: string;
  readonly traffic: string;
}

export interface Recorded {
  readonly graph: GraphData;
  readonly declaration: FileDigest;
  readonly files: readonly FileDigest[];
  readonly proof: Pick<FilesProof, 'proof' | 'preconditions'>;
  /** Of the package. */
  readonly version: string;
}

/** Whether there is anything to record: nothing speaks against it. */
export function isRecordable({ proof, unreadable }: Pick<FilesProof, 'proof' | 'unreadable'>): boolean {
  return proof.outcome !== 'not-proved' && unreadable.length === 0;
}

/** The record of a proof that holds. It depends on its input alone: no time, no machine, no path is in it. */
export function proofRecord({ graph, declaration, files, proof: made, version }: Recorded): ProofRecord {
  const { proof, preconditions } = made;
  const { engine, version: engineVersion, platform } = graph.cluster;
  return {
    _type: STATEMENT_TYPE,
    subject: [...files].sort((a, b) => (a.name < b.name ? -1 : 1)),
    predicateType: PREDICATE_TYPE,
    predicate: {
      tool: { name: 'cdk8s-zero-trust', version },
      declaration,
      engine: {
        name: engine,
        ...(engineVersion !== undefined && { version: engineVersion }),
        ...(platform !== undefined && { platform }),
      },
      conclusion: proof.outcome === 'proved' ? 'proved' : 'would-allow',
      ...(proof.audited.length > 0 && { audited: proof.audited }),
      quantifiedOver: {
        namespaces: graph.namespaces.map(({ name }) => name),
        pods: 'every pod that could exist in these namespaces, whatever its labels, off the host network',
        peers:
          'every pod that could exist in any namespace, every IPv4 and IPv6 address, and what the engine knows by itself',
        traffic: 'every protocol, port, name of a port, host name and request, as far as the engine tells them apart',
      },
      statements: statementsOf(graph, proof),
      counts: proof.counts,
      assumptions: proof.assumptions,
      preconditions,
    },
  };
}

/** As it is written to a file. */
export function recordJson(record: ProofRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

function statementsOf(graph: GraphData, { audited }: Pick<Proof, 'audited'>): Readonly<Record<string, string>> {
  const promises = promisesOfTiers(graph).map(({ tier, rule }) => `${tierKey(tier)} (${rule})`);
  const guardrails = (graph.guardrails ?? []).map(({ name }) => name);
  const where = audited.length === 0 ? '' : `, once the policies of ${audited.join(', ')} are enforced`;
  return {
    undeclared: `No policy lets anything in or out of such a pod that no flow of the declaration allows${where}.`,
    missing: `Every declared flow is let through at each end that is a tier, for all of its pods${where}.`,
    open: `Every such pod is isolated in both directions${where}.`,
    ...(promises.length > 0 && {
      promise: `Roles keep their promises, whatever policy selects their pods: ${[...new Set(promises)].join(', ')}.`,
    }),
    ...(guardrails.length > 0 && {
      guardrail: `Guardrails hold in every namespace, whatever its own policies say: ${guardrails.join(', ')}.`,
    }),
  };
}
