import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { GraphData, GraphTier, TierRole } from '../graph/graph-data';
import type { EngineName } from '../model/engine-name';
import type { Flow, Waiver } from '../model/flow';
import type { Guardrail, HostGuardrail } from '../model/guardrail';
import type { Direction } from '../model/layer';
import type { PortSet } from '../model/port-set';
import type { Problem } from '../model/problem';
import type { RequestMatch } from '../model/request-match';
import type { KnownPodsFacts } from '../values/known-pods';
import type { PeerSpec } from '../values/peer';
import type { DeclaredAt } from './declared-at';

/** What a `ZeroTrustNamespace` declares, as a plain value. */
export interface NamespaceRecord {
  readonly construct: Construct;
  readonly name: string;
  readonly purpose: string;
  readonly management: 'own' | 'adopt';
  readonly podSecurity: 'privileged' | 'baseline' | 'restricted';
  readonly rollout?: 'audit';
  /** Of the cluster that was chosen when it was made: the kind of its policies depends on it. */
  readonly engine: EngineName;
  readonly labels: Readonly<Record<string, string>>;
  readonly partOf: string | undefined;
  readonly acknowledged: readonly Waiver[];
}

/** What a tier declares about itself, as a plain value. */
export interface TierRecord {
  readonly construct: Construct;
  readonly namespace: NamespaceRecord;
  readonly name: string;
  readonly role: TierRole;
  readonly pods: Extract<PeerSpec, { kind: 'pods' }>;
  /** Ports as given; undefined where the workload or the role must say. */
  readonly ports: PortSet | undefined;
  /** Ports of the role, for pods that name none. */
  readonly rolePorts: PortSet | undefined;
  /** Resolves names. */
  readonly dns: boolean;
  readonly notes: readonly string[];
  /** What the catalog knows of the pods. */
  readonly known?: KnownPodsFacts;
  readonly acknowledged: readonly Waiver[];
}

/** One call of `allowTo` or `allowFrom`, or a property that comes to the same. */
export interface Declaration {
  /** The tier that it was said on: the source of egress, the destination of ingress. */
  readonly tier: TierRecord;
  readonly direction: Direction;
  readonly peer: PeerSpec;
  /** Undefined for the ports of the destination. */
  readonly ports: PortSet | undefined;
  readonly because: string;
  /** The requests that pass; undefined for all traffic on the ports. */
  readonly requests?: readonly RequestMatch[];
  readonly encrypted?: boolean;
  readonly acknowledged: readonly Waiver[];
  readonly notes: readonly string[];
  /** Who hands traffic on from these addresses; undefined for addresses that are nobody in particular. */
  readonly handedOnBy?: HandedOnBy;
  /** Clients from outside, who are said to arrive with their own addresses. */
  readonly keepsSource?: boolean;
  /** For messages alone: it reaches neither the graph nor a manifest. */
  readonly declaredAt?: DeclaredAt;
}

/** Nodes, or a balancer that may be among them; or a balancer alone, in a subnet that it may share with nodes and pods. */
export type HandedOnBy = 'nodes' | 'balancer';

/** A problem, and the construct whose validation reports it. */
export interface Located {
  readonly construct: IConstruct;
  readonly problem: Problem;
}

/** What is declared of a policy that is not ours. */
export interface ForeignRecord {
  readonly construct: IConstruct;
  readonly source: PeerSpec;
  readonly destination: PeerSpec;
  readonly ports: PortSet | undefined;
  readonly because: string;
  readonly declaredAt?: DeclaredAt;
}

/** What a guardrail declares. */
export interface GuardrailRecord {
  readonly construct: Construct;
  readonly guardrail: Guardrail;
}

/** What a guardrail of nodes declares. */
export interface HostGuardrailRecord {
  readonly construct: Construct;
  readonly guardrail: HostGuardrail;
}

/** What joins a deployment once everything else is declared, and follows from that. */
export interface AdditionRecord {
  readonly construct: Construct;
  readonly add: (declared: DeclaredSoFar) => Addition;
}

/** A deployment without its additions. */
export interface DeclaredSoFar {
  readonly root: IConstruct;
  readonly graph: GraphData;
  /** All API objects of the app but those that this library emits. */
  readonly objects: readonly ApiObject[];
}

/** Tiers with the flows that they have, whose policies come and go, and objects beside them. */
export interface Addition {
  readonly tiers: readonly GraphTier[];
  readonly flows: readonly Flow[];
  readonly problems: readonly Problem[];
  readonly objects: readonly AddedObject[];
  /** Of the policies of its tiers, beside what every policy of ours has. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** An object as plain data. */
export interface AddedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec?: object;
}
