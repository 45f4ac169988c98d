import type { IConstruct } from 'constructs';
import { Deployment } from '../deployment/deployment';
import type { DeploymentProof } from '../deployment/proving/deployment-proof';
import { proving } from '../deployment/proving/proof-when-asked';
import { givenConstruct } from '../graph/given-construct';
import { aPolicyGraph, type PolicyGraph } from '../graph/policy-graph';
import { text } from '../model/checked';
import { type Problem, problemText } from '../model/problem';

/**
 * Whether the policies of an app allow exactly what is declared, for every pod that could exist in its zero-trust
 * namespaces: found out by reading what is rendered, independently of the code that renders it. A synthesis fails where
 * this does not hold.
 *
 * @example
 * console.log(PolicyProof.of(app).toText());
 */
export class PolicyProof {
  /**
   * Proves the app of a scope.
   *
   * @param scope any construct of the app; a proof is always of the whole app.
   * @throws for declarations that are refused, and where nothing is declared.
   */
  public static of(scope: IConstruct): PolicyProof {
    return new PolicyProof(Deployment.of(givenConstruct(scope, 'scope')).proof());
  }

  /**
   * Proves the manifests that an app was written to: what is read are the bytes that are applied. Every object is held
   * against what the app renders, field by field, whether the proof asks about it or not.
   *
   * @param scope any construct of the app.
   * @param folder that holds all manifests of the app and nothing else, but for what is written beside them (`graph.json`, `findings.json`, `proof.json`).
   * @throws for declarations that are refused, and where nothing is declared.
   */
  public static ofFolder(scope: IConstruct, folder: string): PolicyProof {
    return new PolicyProof(Deployment.of(givenConstruct(scope, 'scope')).proofOfFolder(text(folder, 'folder')));
  }

  /**
   * What two repositories lack of each other's flows: an end that somebody else runs is half a flow, and its other half is
   * to be declared there. Empty where every such half that concerns the other's namespaces is there.
   *
   * @param ours the graph of one repository.
   * @param theirs the graph of the other: `PolicyGraph.parse` of the JSON that it commits.
   * @throws where a comparison is too large to be decided.
   */
  public static missingHalves(ours: PolicyGraph, theirs: PolicyGraph): string[] {
    const { halves, lackProblem } = proving();
    return halves(aPolicyGraph(ours, 'ours')._data, aPolicyGraph(theirs, 'theirs')._data).map((lack) =>
      problemText(lackProblem(lack)),
    );
  }

  /** True only if nothing speaks against it: no witness, and nothing left undecided. */
  public readonly isProved: boolean;

  /** How many zero-trust namespaces were looked at. */
  public readonly namespaces: number;

  /** How many rules bind pods of these. */
  public readonly rules: number;

  /** How many flows are declared. */
  public readonly flows: number;

  /** How many questions were asked: one for each peer of a rule, end of a flow, direction of a namespace, and promise. */
  public readonly cells: number;

  /** What speaks against it, each a sentence with the connection that shows it, or with what could not be decided. */
  public readonly witnesses: string[];

  /** What the proof does not speak of, by name: host-network pods, traffic of a pod's own node, and so on. */
  public readonly assumptions: string[];

  /** What the manifests take for granted and only the live cluster can show, each a sentence: write it beside them. */
  public readonly preconditions: string[];

  /**
   * What is written otherwise than it is rendered, and cannot matter: labels that others add, an object that is there
   * twice; and files that are no manifests and were passed over, those of kustomize among them. Empty for a proof that is not of a folder.
   */
  public readonly notes: string[];

  /** @internal */
  public readonly _problems: readonly Problem[];

  /** @internal */
  public readonly _found: unknown;

  readonly #text: string;

  private constructor(found: unknown) {
    this._found = found;
    const { proof, unreadable, preconditions, notes = [] } = found as DeploymentProof;
    const { namespaces, rules, flows, cells } = proof.counts;
    const { proofProblems, proofText } = proving();
    this._problems = [...unreadable, ...proofProblems(proof)];
    this.witnesses = this._problems.map(problemText);
    this.isProved = proof.proved && unreadable.length === 0;
    this.notes = [...notes];
    this.namespaces = namespaces;
    this.rules = rules;
    this.flows = flows;
    this.cells = cells;
    this.assumptions = [...proof.assumptions];
    this.preconditions = [...preconditions];
    const noted = notes.length === 0 ? [] : [['Noted:', ...notes.map((note) => `- ${note}`)].join('\n')];
    this.#text = [proofText(proof, unreadable), ...noted].join('\n\n');
  }

  /** The proof for people: what was proved, or what speaks against it; then what it leaves out. */
  public toText(): string {
    return this.#text;
  }
}
