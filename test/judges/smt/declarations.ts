import type { App, AppProps } from 'cdk8s';
import fc from 'fast-check';
import { Cluster, ClusterGuardrail, type ClusterProps, Platform } from '../../../lib';
import { declare } from '../../random/declare';
import { plans } from '../../random/generator';
import type { Plan } from '../../random/plan';
import { Random } from '../random';
import { Rendered, renderedOr } from './both-sides';

/** By the kinds that they are rendered in. */
export type Engine = 'NetworkPolicy' | 'ClusterNetworkPolicy' | 'Calico';
export const ENGINES: readonly Engine[] = ['NetworkPolicy', 'ClusterNetworkPolicy', 'Calico'];

/** That many random declarations, with all that must be acknowledged. */
export function randomPlans(count: number, seed: number): Plan[] {
  return fc.sample(plans, { seed, numRuns: count }).map((plan) => ({ ...plan, forgetful: false }));
}

/** One in three clusters where blocks never match pods, one where they do, one where nobody knows. */
const PLATFORMS = [undefined, Platform.K3S, Platform.GKE_AUTOPILOT];

/** The plan on an engine; with guardrails for the cluster where the engine has them and the plan leaves room. */
export function render(plan: Plan, engine: Engine, seed: number): Rendered {
  const name = `declaration ${seed}`;
  const platform = PLATFORMS[seed % PLATFORMS.length];
  if (engine === 'NetworkPolicy') {
    const on = (facts: ClusterProps) => (props: AppProps) =>
      declare(plan, props, (known) => Cluster.kubernetes({ ...known, ...facts }));
    // Where blocks never match pods or nodes, a flow to these by their addresses is refused.
    return renderedOr(() => new Rendered(name, on({ platform })), undefined) ?? new Rendered(name, on({}));
  }
  const make = MAKE[engine];
  const plain = (props: AppProps) => declare(plan, props, make);
  const guarded = renderedOr(
    () => new Rendered(name, (props) => withGuardrails(plain(props), plan, engine, new Random(seed))),
    undefined,
  );
  return guarded ?? new Rendered(name, plain);
}

const MAKE = {
  ClusterNetworkPolicy: (known: ClusterProps) => Cluster.clusterNetworkPolicy(known),
  Calico: (known: ClusterProps) => Cluster.calico({ version: '3.32', ...known }),
};

/** Tenants are told by labels, which are known only of namespaces that are rendered. */
function withGuardrails(app: App, { namespaces }: Plan, engine: Engine, random: Random): App {
  const [chart] = app.charts;
  if (chart === undefined || random.happens(0.2)) return app;
  const tenants = { label: 'team', tenants: ['blue', 'red', 'green'] };
  const areKnown = namespaces.every(({ adopted }) => !adopted);
  const separateTenants = areKnown && random.happens(0.8) ? tenants : undefined;
  const denyCloudMetadata = separateTenants === undefined || random.happens(0.6);
  // ClusterNetworkPolicy has no words for everything that comes from outside.
  const isolates = engine === 'Calico' && random.happens(0.5);
  const defaultDeny = isolates ? { systemNamespaces: SYSTEM } : undefined;
  const because = 'the platform wants it';
  new ClusterGuardrail(chart, 'guardrail', { denyCloudMetadata, separateTenants, defaultDeny, because });
  return app;
}

const SYSTEM = ['calico-apiserver', 'calico-system', 'kube-system', 'openshift-dns', 'tigera-operator'];
