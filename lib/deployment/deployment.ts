import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type * as Analysis from '../analysis';
import { type ManifestOrigin, originKey, type PolicyManifest } from '../engines/manifest';
import { provideGraph } from '../graph/declared';
import { type GraphData, tierKey } from '../graph/graph-data';
import { type Problem, problemText, ZeroTrustError } from '../model/problem';
import { computeState, type DeploymentState } from './deployment-state';
import type { TierAnnotations } from './emission/annotations';
import { type Bodies, bodiesOf, decisiveText, isSameBodies, isSameShape, shapeOf } from './emission/fingerprint';
import { emitMore } from './emission/further-policies';
import { renderingOnce, watchRendering } from './emission/rendering';
import { Synthesis } from './emission/synthesis';
import { type DeploymentProof, proveDeployment, readPolicies } from './proving/deployment-proof';
import { proving } from './proving/proof-when-asked';
import { writtenProblems } from './proving/written-problems';
import type {
  Declaration,
  ForeignRecord,
  GuardrailRecord,
  HostGuardrailRecord,
  Located,
  NamespaceRecord,
  TierRecord,
} from './records';
import { partOf } from './scope-of-graph';
import { labelWorkload } from './workloads/resolved-tier';
import { apiObjectsOf } from './workloads/workload';

const deployments = new WeakMap<IConstruct, Deployment>();

interface Memo {
  readonly revision: number;
  readonly shape: readonly unknown[];
  readonly bodies: Bodies;
  readonly state: DeploymentState;
  /** The last synthesis in which it was found to hold, and how often it was. */
  found: { readonly synthesis: number; readonly times: number };
  proof?: DeploymentProof;
}

/** Everything that the constructs of one tree declare, and what follows from it, worked out once for each state of the tree. */
export class Deployment {
  public static of(scope: IConstruct): Deployment {
    const { root } = scope.node;
    const known = deployments.get(root);
    if (known !== undefined) return known;
    const deployment = new Deployment(root);
    deployments.set(root, deployment);
    return deployment;
  }

  public readonly namespaces: NamespaceRecord[] = [];
  public readonly tiers: TierRecord[] = [];
  public readonly declarations: Declaration[] = [];
  public readonly foreign: ForeignRecord[] = [];
  public readonly guardrails: GuardrailRecord[] = [];
  public readonly hostGuardrails: HostGuardrailRecord[] = [];

  private readonly records = new Map<IConstruct, TierRecord | NamespaceRecord>();
  private readonly names = new Map<string, IConstruct>();
  private revision = 0;
  private memo?: Memo;
  private readonly synthesis: Synthesis;

  private constructor(private readonly root: IConstruct) {
    provideGraph(root, (scope) => this.graph(scope));
    root.node.addValidation({ validate: () => this.messagesAt(root) });
    this.synthesis = new Synthesis(root);
  }

  public addNamespace(record: NamespaceRecord): void {
    this.join(record.name, record, `the namespace ${record.name}`);
    this.namespaces.push(record);
  }

  public addTier(record: TierRecord): void {
    const { name, namespace } = record;
    this.join(`${namespace.name}/${name}`, record, `the tier ${name} of the namespace ${namespace.name}`);
    this.tiers.push(record);
  }

  public declare(declaration: Declaration): void {
    this.declarations.push(declaration);
    this.revision += 1;
  }

  public declareForeign(records: readonly ForeignRecord[]): void {
    this.foreign.push(...records);
    this.revision += 1;
  }

  public addGuardrail(record: GuardrailRecord): void {
    this.joinGuardrail(record);
    this.guardrails.push(record);
  }

  public addHostGuardrail(record: HostGuardrailRecord): void {
    this.joinGuardrail(record);
    this.hostGuardrails.push(record);
  }

  /** The record of a tier or namespace of this tree; undefined for anything else. */
  public recordOf(construct: IConstruct): TierRecord | NamespaceRecord | undefined {
    return this.records.get(construct);
  }

  /** What follows from the declarations as they are now. */
  public state(): DeploymentState {
    return this.current().state;
  }

  /** The proof of the deployment as it is now; what is wrong already is refused first. */
  public proof(): DeploymentProof {
    return this.proofOf(this.current());
  }

  /** The proof of manifests that were written to a folder: what the proof takes for granted must be there as well. */
  public proofOfFolder(folder: string): DeploymentProof {
    const state = this.state();
    refuseProblems(state);
    const reading = analysis().readFiles([folder]);
    const objects = apiObjectsOf(this.root);
    const written = writtenProblems(folder, reading, {
      objects: objects.length,
      policies: renderingOnce(() => readPolicies(objects)),
      namespaces: this.namespaces,
    });
    return proveDeployment(
      { ...state, tiers: this.tiers, namespaces: this.namespaces },
      { ...reading, problems: [...reading.problems, ...written] },
    );
  }

  /** The memo where nothing changed since, else a new one. */
  private current(): Memo {
    const { root, revision, memo } = this;
    const shape = shapeOf(root, this);
    return renderingOnce(() => {
      this.tiers.forEach(labelWorkload);
      const bodies = bodiesOf(root, this);
      if (memo?.revision === revision && isSameShape(memo.shape, shape) && isSameBodies(memo.bodies, bodies))
        return memo;
      const state = computeState(root, this);
      const made: Memo = {
        revision,
        // What the engine needs beside one policy a tier and namespace joins the tree here.
        shape: emitMore(state, this) ? shapeOf(root, this) : shape,
        bodies,
        state,
        found: { synthesis: 0, times: 0 },
      };
      this.memo = made;
      for (const [object] of bodies) watchRendering(object, (json) => this.refuseLateChange(object, json));
      return made;
    });
  }

  /**
   * cdk8s validates an app once and again before each chart that it renders. In between, only what others do in their
   * validations and Lazies could change what a workload renders. So the first two validations of a synthesis render them
   * all (what a validation of others changed is seen by the second, before anything is written), and the others trust
   * these; what is rendered in the end is held against them (`refuseLateChange`).
   */
  private currentInSynthesis(): Memo {
    const { memo, synthesis, revision, root } = this;
    if (!synthesis.isUnderWay) return this.current();
    const times = this.timesFound(memo);
    const holds = times >= 2 && memo?.revision === revision && isSameShape(memo.shape, shapeOf(root, this));
    const found = holds ? memo : this.current();
    found.found = { synthesis: synthesis.count, times: this.timesFound(found) + 1 };
    return found;
  }

  /** How often it was found to hold in the synthesis under way. */
  private timesFound(memo: Memo | undefined): number {
    return memo?.found.synthesis === this.synthesis.count ? memo.found.times : 0;
  }

  private refuseLateChange(object: ApiObject, json: ReturnType<ApiObject['toJson']>): void {
    const { memo } = this;
    if (!this.synthesis.isUnderWay || memo === undefined || this.timesFound(memo) === 0) return;
    if (memo.bodies.get(object) === decisiveText(json)) return;
    throw new ZeroTrustError(changedInSynthesis(object));
  }

  private proofOf(memo: Memo): DeploymentProof {
    refuseProblems(memo.state);
    memo.proof ??= renderingOnce(() =>
      proveDeployment(
        { ...memo.state, tiers: this.tiers, namespaces: this.namespaces },
        readPolicies(apiObjectsOf(this.root)),
      ),
    );
    return memo.proof;
  }

  /**
   * The spec of a policy, from the state that validation worked out. Validation comes before rendering, so that problems
   * never surface here in a synthesis, but for an object that is rendered alone they do.
   */
  public manifest(of: ManifestOrigin, position = 0): PolicyManifest {
    const manifest = this.validState().manifests.get(originKey(of))?.[position];
    if (manifest === undefined) throw new Error(`Internal error: there is no policy ${position} of ${originKey(of)}`);
    return manifest;
  }

  public annotationsOf(namespace: string, name: string): TierAnnotations | undefined {
    return this.validState().annotations.get(tierKey({ namespace, name }));
  }

  private validState(): DeploymentState {
    const state = this.memo?.revision === this.revision ? this.memo.state : this.state();
    refuseProblems(state);
    return state;
  }

  private graph(scope: IConstruct): GraphData {
    const state = this.state();
    refuseProblems(state);
    return scope === this.root ? state.graph : partOf(state.graph, scope, this);
  }

  /**
   * Validation of the root comes first in a pass, so it works the state out; the others read it, so that cdk8s prints each
   * message with the path of its construct.
   */
  private messagesAt(construct: IConstruct): string[] {
    const memo = construct === this.root || this.memo === undefined ? this.currentInSynthesis() : this.memo;
    const proved = construct === this.root && memo.state.problems.length === 0 ? this.unproved(memo) : [];
    // cdk8s asks every construct before each chart, and mostly there is nothing to say.
    if (memo.state.problems.length + proved.length === 0) return [];
    return [...memo.state.problems, ...proved]
      .filter((located) => located.construct === construct)
      .map((located) => message(located));
  }

  private unproved(memo: Memo): Located[] {
    const { proof, unreadable } = this.proofOf(memo);
    return [...unreadable, ...proving().proofProblems(proof)].map((problem) => ({ construct: this.root, problem }));
  }

  private joinGuardrail({ construct, guardrail: { name } }: GuardrailRecord | HostGuardrailRecord): void {
    const key = `guardrail ${name}`;
    const twin = this.names.get(key);
    if (twin !== undefined) throw new ZeroTrustError(duplicate({ construct, name }, twin, `the guardrail ${name}`));
    this.names.set(key, construct);
    this.revision += 1;
    construct.node.addValidation({ validate: () => this.messagesAt(construct) });
  }

  private join(key: string, record: NamespaceRecord | TierRecord, what: string): void {
    const { construct } = record;
    const twin = this.names.get(key);
    if (twin !== undefined) throw new ZeroTrustError(duplicate(record, twin, what));
    this.names.set(key, construct);
    this.records.set(construct, record);
    this.revision += 1;
    construct.node.addValidation({ validate: () => this.messagesAt(construct) });
  }
}

function duplicate(
  { construct, name }: { construct: IConstruct; name: string },
  twin: IConstruct,
  what: string,
): Problem {
  return {
    rule: 'duplicate-name',
    where: construct.node.path,
    what: `${what} is declared already, at ${twin.node.path}`,
    value: name,
    allowed: 'one namespace and one guardrail of a name in an app, one tier of a name in a namespace',
    fix: 'Give one of them another `name`, or use the one that is there.',
  };
}

/** Loaded when a folder is first read: a synthesis reads none, and whoever imports the package does not wait for it. */
function analysis(): typeof Analysis {
  return require('../analysis');
}

function changedInSynthesis({ node, name }: ApiObject): Problem {
  return {
    rule: 'changed-in-synthesis',
    where: node.path,
    what: 'it renders something else than when the app was validated, so what is written is not what was proved',
    value: name,
    allowed: 'workloads and policies that are complete before app.synth()',
    fix: 'Change it before the synthesis, not in a Lazy or in a validation.',
  };
}

function refuseProblems({ problems }: DeploymentState): void {
  if (problems.length > 0) throw new ZeroTrustError(...problems.map(({ problem }) => problem));
}

/** cdk8s prints the path of the construct before it. */
function message({ construct, problem }: Located): string {
  return problemText(problem.where === construct.node.path ? { ...problem, where: undefined } : problem);
}
