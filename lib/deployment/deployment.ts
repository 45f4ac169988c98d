import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type ManifestOrigin, originKey, type PolicyManifest } from '../engines/manifest';
import { type FoundProblem, findingProblem, refusalFound } from '../findings/finding';
import { provideGraph } from '../graph/declared';
import { type GraphData, tierKey } from '../graph/graph-data';
import type { Waiver } from '../model/flow';
import { type Problem, ZeroTrustError } from '../model/problem';
import { Declarations } from './declarations';
import type { DeploymentState } from './deployment-state';
import type { Bodies } from './emission/fingerprint';
import { emitMore, type SpecOf } from './emission/further-policies';
import { Synthesis } from './emission/synthesis';
import { addValidation, isValidatedByOthers } from './emission/validations';
import { printFindings } from './findings-printed';
import {
  added,
  deploymentProof,
  door,
  fingerprint,
  folderProof,
  needed,
  warnings,
  working,
} from './loaded-when-needed';
import type { DeploymentProof } from './proving/deployment-proof';
import { proving } from './proving/proof-when-asked';
import type { Located } from './records';
import { changedInSynthesis, messageOf, refuseProblems } from './refused';
import { partOf } from './scope-of-graph';
import type { LocatedFinding } from './warnings';
import type { Seen, WarningContext } from './warnings/seen';
import { isEmitted } from './workloads/emitted';
import { kindOf } from './workloads/rendered-kind';
import { renderingOnce, watchRendering } from './workloads/rendering';
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
  /** What is probably not meant, as the synthesis of that number found it. */
  suspicions?: { readonly synthesis: number; readonly found: readonly LocatedFinding[] };
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

  /** The one of a tree in which something is declared. */
  public static known({ node: { root } }: IConstruct): Deployment | undefined {
    return deployments.get(root);
  }

  public readonly declarations: Declarations;

  private memo?: Memo;
  /** The last synthesis that printed what it found. */
  private printed = 0;
  private readonly synthesis: Synthesis;

  private constructor(private readonly root: IConstruct) {
    this.declarations = new Declarations((construct) => this.validateAt(construct));
    provideGraph(root, (scope) => this.graph(scope));
    this.validateAt(root);
    this.synthesis = new Synthesis(root);
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
    return folderProof().proofOfFolder(this.root, state.graph, folder);
  }

  /** For what a synthesis would fail, as fields: what is refused, and where nothing is, what is not proved. */
  public refusals(): readonly Problem[] {
    return renderingOnce(() => {
      const memo = this.current();
      // Outside a synthesis nobody looks for suspicions, and those of an earlier one may be out of date.
      const errors = wrongOf(memo.state, this.suspicionsOf(memo));
      const wrong = [...errors, ...(memo.state.problems.length === 0 ? this.unproved(memo) : [])];
      return wrong.map(({ problem }) => problem);
    });
  }

  /** What is refused in the deployment as it is now; and what is allowed and probably not meant, most of it where nothing is refused. */
  public findings(): readonly FoundProblem[] {
    return renderingOnce(() => {
      const memo = this.current();
      return [
        ...memo.state.problems.map(({ problem }) => refusalFound(problem)),
        ...this.suspicionsOf(memo).map(({ found }) => found),
      ];
    });
  }

  /** The tiers as warnings see them, for whoever compares them; what is wrong already is refused first. */
  public seen(): Seen {
    return renderingOnce(() => {
      const memo = this.current();
      refuseProblems(memo.state);
      return warnings().seenOf(this.suspected(memo));
    });
  }

  private suspicionsOf(memo: Memo): readonly LocatedFinding[] {
    const refused = memo.state.problems.map(({ problem }) => problem.rule);
    return warnings().suspicions(this.suspected(memo), refused);
  }

  private suspected(memo: Memo): WarningContext {
    const { root, declarations } = this;
    const { state, bodies } = memo;
    const objects = apiObjectsOf(root);
    const isNeededByProof = (waiver: Waiver) => {
      const { proveDeployment, readPolicies } = deploymentProof();
      const prove = (graph: GraphData) => proveDeployment({ graph, objects }, readPolicies(objects, bodies));
      return needed().isNeededByProof(waiver, state.graph, () => this.proofOf(memo), prove);
    };
    return { ...state, declarations, objects, root, isNeededByProof };
  }

  /** Services change in place, and nothing else follows from them: so they are looked at once in each synthesis. */
  private suspect(memo: Memo): void {
    const { isUnderWay, count } = this.synthesis;
    if (!isUnderWay || memo.suspicions?.synthesis === count) return;
    const found = this.suspicionsOf(memo);
    memo.suspicions = { synthesis: count, found };
    if (this.printed === count) return;
    this.printed = count;
    printFindings(
      this.root,
      found.map((one) => one.found),
    );
  }

  /** The memo where nothing changed since, else a new one. */
  private current(): Memo {
    const { root, declarations, memo } = this;
    const { revision } = declarations;
    const { bodiesOf, isSameBodies, isSameShape, shapeOf } = fingerprint();
    const shape = shapeOf(root, declarations);
    return renderingOnce(() => {
      declarations.tiers.forEach(labelWorkload);
      const bodies = bodiesOf(root, declarations);
      if (memo?.revision === revision && isSameShape(memo.shape, shape) && isSameBodies(memo.bodies, bodies)) {
        this.suspect(memo);
        return memo;
      }
      const state = working().computeState(root, declarations);
      const made: Memo = {
        revision,
        // What the engine needs beside one policy a tier and namespace joins the tree here.
        shape: this.emitMore(state) ? shapeOf(root, declarations) : shape,
        bodies,
        state,
        found: { synthesis: 0, times: 0 },
      };
      this.memo = made;
      this.suspect(made);
      const others = apiObjectsOf(root).filter((object) => !isEmitted(object));
      for (const object of new Set([...bodies.keys(), ...others])) {
        watchRendering(object, (json) => this.refuseLateChange(object, json));
      }
      return made;
    });
  }

  private emitMore({ problems, manifests, additions }: DeploymentState): boolean {
    if (problems.length > 0) return false;
    const specOf: SpecOf = (of, position) => this.manifest(of, position).spec;
    const isChanged = emitMore(manifests, this.declarations, specOf);
    if (additions.size === 0) return isChanged;
    const annotationOf = (namespace: string, name: string) => this.annotationOf(namespace, name);
    return added().emitAdditions(additions, manifests, specOf, annotationOf) || isChanged;
  }

  /**
   * cdk8s validates an app once and again before each chart that it renders. In between, only what others do in their
   * validations and Lazies could change what a workload renders. So the first two validations of a synthesis render them
   * all (what a validation of others changed is seen by the second, before anything is written), or the first one where
   * nobody else validates, and the others trust these; what is rendered in the end is held against them
   * (`refuseLateChange`).
   */
  private currentInSynthesis(): Memo {
    const { memo, synthesis, declarations, root } = this;
    if (!synthesis.isUnderWay) return this.current();
    const { isSameShape, shapeOf } = fingerprint();
    const times = this.timesFound(memo);
    const holds =
      times >= 1 &&
      memo?.revision === declarations.revision &&
      isSameShape(memo.shape, shapeOf(root, declarations)) &&
      (times >= 2 || !isValidatedByOthers(root));
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
    const before = memo.bodies.get(object);
    // What had no bearing, so that it was not looked at, must not have any in the end.
    if (before === undefined ? !door().bearsOnConnections(kindOf(json)) : before === fingerprint().decisiveText(json))
      return;
    throw new ZeroTrustError(changedInSynthesis(object));
  }

  private proofOf(memo: Memo): DeploymentProof {
    refuseProblems(memo.state);
    memo.proof ??= renderingOnce(() => {
      const objects = apiObjectsOf(this.root);
      const { proveDeployment, readPolicies } = deploymentProof();
      return proveDeployment({ graph: memo.state.graph, objects }, readPolicies(objects, memo.bodies));
    });
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

  /** What the policy of a tier says of its flows. */
  public annotationOf(namespace: string, name: string): string | undefined {
    return this.validState().annotations.get(tierKey({ namespace, name }));
  }

  private validState(): DeploymentState {
    const state = this.memo?.revision === this.declarations.revision ? this.memo.state : this.state();
    refuseProblems(state);
    return state;
  }

  private graph(scope: IConstruct): GraphData {
    const state = this.state();
    refuseProblems(state);
    return scope === this.root ? state.graph : partOf(state.graph, scope, this.declarations);
  }

  private validateAt(construct: IConstruct): void {
    addValidation(construct, () => this.messagesAt(construct));
  }

  /**
   * Validation of the root comes first in a pass, so it works the state out; the others read it, so that cdk8s prints each
   * message with the path of its construct.
   */
  private messagesAt(construct: IConstruct): string[] {
    const memo = construct === this.root || this.memo === undefined ? this.currentInSynthesis() : this.memo;
    const proved = construct === this.root && memo.state.problems.length === 0 ? this.unproved(memo) : [];
    // cdk8s asks every construct before each chart, and mostly there is nothing to say.
    const wrong = wrongOf(memo.state, memo.suspicions?.found ?? []);
    if (wrong.length + proved.length === 0) return [];
    return [...wrong, ...proved]
      .filter((located) => located.construct === construct)
      .map((located) => messageOf(located));
  }

  private unproved(memo: Memo): Located[] {
    const { proof, unreadable } = this.proofOf(memo);
    return [...unreadable, ...proving().proofProblems(proof)].map((problem) => ({ construct: this.root, problem }));
  }
}

/** Refusals, and what is found to be an error although every policy can be rendered. */
function wrongOf({ problems }: DeploymentState, suspicions: readonly LocatedFinding[]): readonly Located[] {
  const errors = suspicions.filter(({ found }) => found.level === 'error');
  if (errors.length === 0) return problems;
  return [...problems, ...errors.map(({ construct, found }) => ({ construct, problem: findingProblem(found) }))];
}
