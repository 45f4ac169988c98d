import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject, World } from '../../judges/world';
import { ApiServer } from './api-server';
import { defineKindsOf } from './definitions';
import { Netlab, QUEUE } from './netlab';
import { Program } from './program';

/** Which flows of each world really passed. */
export interface Enforced {
  readonly withoutPolicies: readonly (readonly boolean[])[];
  readonly withPolicies: readonly (readonly boolean[])[];
}

/**
 * Sends the packets of every flow, before and after the policies of the worlds are on an API server that an enforcing
 * engine watches. Worlds of different places are there at the same time; everything is removed at the end.
 */
export async function enforce(programs: string, worlds: readonly World[]): Promise<Enforced> {
  const running: { stop(): Promise<void> }[] = [];
  try {
    const server = await ApiServer.start(programs);
    running.unshift(server);
    const lab = await Netlab.start(programs, worlds);
    running.unshift(lab);
    const pods = worlds.flatMap(ofKind('Pod'));
    const namespaces = worlds.flatMap(ofKind('Namespace')).map(({ metadata }) => metadata);
    await Promise.all(namespaces.map(({ name, labels }) => server.ensureNamespace(name, labels)));
    await Promise.all(pods.map((pod) => createPod(server, pod)));
    const clusterPolicies = worlds.flatMap(ofKind('ClusterNetworkPolicy'));
    if (clusterPolicies.length > 0) await defineKindsOf(server, CLUSTER_NETWORK_POLICY);
    const engine = await startEngine(programs, server, lab, clusterPolicies.length > 0);
    running.unshift(engine);
    await seen(engine, { pods: pods.length, policies: 0 });
    const withoutPolicies = await tryAll(lab, worlds);

    const policies = [...worlds.flatMap(ofKind('NetworkPolicy')), ...clusterPolicies];
    await Promise.all(policies.map((policy) => server.mustCreate(policy)));
    await seen(engine, { pods: pods.length, policies: policies.length });
    await sleep(FORGETTING);
    return { withoutPolicies, withPolicies: await tryAll(lab, worlds) };
  } finally {
    for (const one of running) await one.stop();
  }
}

/** The lab forgets a connection after a second (`go/netlab/layout.go`): then every flow is new again, in milliseconds. */
const FORGETTING = 2500;

async function tryAll(lab: Netlab, worlds: readonly World[]): Promise<boolean[][]> {
  const passed = await lab.try(worlds.flatMap(({ flows }) => flows));
  let start = 0;
  return worlds.map(({ flows }) => {
    start += flows.length;
    return passed.slice(start - flows.length, start);
  });
}

/** The CRD as the judges have it, unchanged from sigs.k8s.io/network-policy-api v0.2.0. */
export const CLUSTER_NETWORK_POLICY = join(
  __dirname,
  '../../judges/go/k8s/crds/policy.networking.k8s.io_clusternetworkpolicies.yaml',
);

/** An engine that enforces on every packet of the lab; `hasTiers` where ClusterNetworkPolicies stand around others. */
export async function startEngine(
  programs: string,
  server: ApiServer,
  lab: Netlab,
  hasTiers: boolean,
): Promise<Program> {
  const flags = [`-kubeconfig=${server.kubeconfig}`, `-netns=${lab.node}`, `-queue=${QUEUE}`];
  if (hasTiers) flags.push('-cnp');
  const engine = new Program(join(programs, 'npenforce'), flags);
  await engine.ready();
  return engine;
}

/** Waits until the engine has these. */
export async function seen(engine: Program, expected: { pods: number; policies: number }): Promise<void> {
  let last = '';
  for (let attempt = 0; attempt < 300; attempt++) {
    last = await engine.ask('');
    const { pods, policies } = JSON.parse(last);
    if (pods === expected.pods && policies === expected.policies) return;
    await sleep(100);
  }
  throw new Error(`the engine has ${last} and not ${JSON.stringify(expected)} after 30 seconds\n${engine.said}`);
}

/** A pod of any namespace, also of one that Pod Security restricts; what runs in it does not matter here. */
export async function createPod(server: ApiServer, pod: KubernetesObject): Promise<void> {
  const { containers } = pod.spec as { containers: object[] };
  const spec = {
    nodeName: 'node1',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: containers.map((container) => ({ ...container, securityContext: harmless })),
  };
  await placePod(server, { ...pod, spec });
}

/** A pod as it is written, with the status that a kubelet would give it. */
export async function placePod(server: ApiServer, { metadata, spec, status }: KubernetesObject): Promise<void> {
  await server.mustCreate({ apiVersion: 'v1', kind: 'Pod', metadata, spec });
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`;
  const answer = await server.ask('PATCH', path, { status }, 'application/merge-patch+json');
  if (answer.status !== 200) throw new Error(`status of Pod ${metadata.name}: ${answer.status} ${answer.body.message}`);
}

const harmless = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

function ofKind(kind: string): (world: World) => KubernetesObject[] {
  return ({ documents }) => documents.filter((document) => document.kind === kind);
}
