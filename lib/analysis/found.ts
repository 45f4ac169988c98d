import type { Beside } from '../kinds/beside';
import type { Injection, IsScaled } from '../kinds/core';
import type { FieldPath } from '../kinds/field';
import type { IsThere } from '../kinds/lasting';
import type { ObjectRef } from '../kinds/manifest';
import type { Memory } from '../kinds/memory';
import type { NetworkPolicyReading, Values } from '../kinds/networking.k8s.io';
import type { PolicyReading } from '../kinds/policy-reading';
import type { Problem } from '../model/problem';
import type { UnreadPolicy } from '../model/unread-policy';
import type { Namespace, Service } from '../model/world';
import type { PassedOver } from './assumptions';
import type { ListedObject } from './lists';
import type { NetworkSet } from './network-sets';
import type { PodsOfObject } from './world';

/** What one object adds to the reading. */
export interface Found {
  readonly namespaces?: readonly Namespace[];
  readonly mentioned?: readonly string[];
  /** What a Namespace says about sidecars of its pods. */
  readonly injections?: readonly (readonly [namespace: string, injection: Injection])[];
  readonly pods?: readonly PodsOfObject[];
  readonly services?: readonly Service[];
  /** Of a NetworkPolicy. */
  readonly policy?: NetworkPolicyReading;
  /** Of any other kind that decides on connections. */
  readonly other?: PolicyReading;
  /** What it may do to connections beside what was read of it. */
  readonly unread?: readonly UnreadPolicy[];
  /** What its controller writes, where that is known: rules and isolations that may be there or not. */
  readonly written?: Pick<NetworkPolicyReading, 'rules' | 'isolations'>;
  readonly networkSet?: NetworkSet;
  readonly passedOver?: PassedOver;
  readonly problems: readonly Problem[];
  /** What is no object of a cluster, and no loss. */
  readonly notes?: readonly Problem[];
}

/** An object, and what names it among all others; absent where it is none of Kubernetes. */
export interface NamedObject extends ListedObject {
  readonly ref: ObjectRef | undefined;
}

/** Where an object stands: its source, and that of a field in it. */
export interface Place {
  readonly source?: string;
  /** The path of its file, where it is of one. */
  readonly file?: string;
  readonly sourceOf: (path: FieldPath) => string | undefined;
}

export interface ObjectContext {
  readonly defaultNamespace: string;
  /** Whether objects without a namespace may land in any, since others have one and none was told. */
  readonly isNamespaceOpen: boolean;
  /** Templates of sandboxes that are read. */
  readonly templates: ReadonlySet<string>;
  readonly values: Values;
  readonly memory: Memory;
  /** Whether what a policy belongs to is there. */
  readonly isThere: IsThere;
  readonly beside: Beside;
  readonly isScaled: IsScaled;
  readonly addressesOf: ((workload: string) => readonly string[] | undefined) | undefined;
}
