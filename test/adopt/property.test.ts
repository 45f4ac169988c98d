// A platform that was declared with tiers is adopted from its manifests: what is declared again lets through the same. The
// same cases in each run. Others, or more of them:  ADOPT_SEED=7 ADOPT_RUNS=500 npx jest test/adopt/property
import type { App } from 'cdk8s';
import fc from 'fast-check';
import { Cluster, PolicyProof } from '../../lib';
import { adopted } from '../../lib/adopt/adopted';
import { type Change, type ChangeEnd, planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';
import { ipsText } from '../../lib/model/ip-set';
import { portsText } from '../../lib/model/port-set';
import { ZeroTrustError } from '../../lib/model/problem';
import * as selectors from '../../lib/model/selector';
import { declare } from '../random/declare';
import { plans } from '../random/generator';
import { CLUSTER, type Plan, type PodsPlan, type TierPlan } from '../random/plan';

const seed = Number(process.env['ADOPT_SEED'] || 1);
const runs = Number(process.env['ADOPT_RUNS'] || 60);

jest.setTimeout(60_000 + runs * 2_000);

it('declares what tiers were rendered to, so that the same passes', () => {
  const seen = { adopted: 0, flows: 0 };
  fc.assert(
    fc.property(plans, (given) => {
      const plan: Plan = { ...given, ranges: 'known', dns: 'CoreDNS' };
      const app = accepted(plan);
      if (app === undefined) return;
      const objects = app.charts.flatMap((chart) => chart.toJson());
      const workloads = [...workloadsOf(plan), ...objects.filter(({ kind }) => kind === 'Deployment')];
      const found = adoptedAgain([...objects, ...workloadsOf(plan)], plan);
      expect(found.problems).toEqual([]);
      expect(found.proof?.witnesses).toEqual([]);
      // Pods that a policy would take and that no manifest shows are in no tier, which is told.
      const shown = new Set(workloads.map((each) => each.metadata.name));
      const isOurs = (id: string) => plan.namespaces.some(({ name }) => id.startsWith(`${name}/`));
      const isShown = (end: ChangeEnd) =>
        end.kind !== 'workloads' || end.workloads.some((id) => !isOurs(id) || shown.has(id.split('/')[2] ?? ''));
      const changes = (found.differences?.changes ?? []).filter(({ from, to }) => isShown(from) && isShown(to));
      const left = found.left.map(({ of, what }) => `${of}: ${what}`);
      expect({
        changes: changes.map(changeText),
        left,
      }).toEqual({ changes: [], left });
      seen.adopted += 1;
      seen.flows += found.plan.flows.length;
    }),
    { seed, numRuns: runs },
  );
  expect(seen.adopted).toBeGreaterThan(runs / 2);
  expect(seen.flows).toBeGreaterThan(seen.adopted);
});

function changeText({ kind, from, to, before, after }: Change): string {
  const [was, is] = [before, after].map(({ must, may }) => `${portsText(must)} (${portsText(may)})`);
  return `${kind} ${endText(from)} -> ${endText(to)}: ${was} to ${is}`;
}

function endText(end: ChangeEnd): string {
  if (end.kind === 'workloads') return end.workloads.join(' ');
  return end.kind === 'addresses' ? ipsText(end.addresses) : JSON.stringify(end);
}

function adoptedAgain(objects: readonly unknown[], plan: Plan) {
  const reading = readText(objects.map((object) => JSON.stringify(object)).join('\n---\n'), 'dist.yaml', {});
  const cluster = Cluster.kubernetes({
    podCidrs: [...CLUSTER.pods],
    serviceCidrs: [...CLUSTER.services],
    nodeCidrs: [...CLUSTER.nodes],
    apiServer: { addresses: [CLUSTER.apiServer] },
  });
  const namespaces = plan.namespaces.map(({ name }) => name);
  return adopted(seenOf(reading, planeOf(reading)), { namespaces, cluster, plane: {} });
}

/** A Deployment in each tier, where the app renders none. */
function workloadsOf({ tiers }: Plan) {
  return tiers.flatMap((tier) => {
    if (tier.pods.kind === 'workload') return [];
    const labels = { member: tier.name, ...labelsIn(tier.pods) };
    return [deployment(tier, labels)];
  });
}

function labelsIn(pods: Exclude<PodsPlan, { kind: 'workload' }>) {
  if (pods.kind === 'all') return {};
  if (pods.kind === 'labeled') return pods.labels;
  const selector = selectors.fromRequirements(
    pods.requirements.map(({ key, operation, values }) => ({ key, operator: operation, ...(values && { values }) })),
  );
  return selectors.sample(selector) ?? {};
}

function deployment({ namespace, name }: TierPlan, labels: Readonly<Record<string, string>>) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `of-${name}`, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'image' }] } },
    },
  };
}

function accepted(plan: Plan): App | undefined {
  try {
    const app = declare(plan);
    PolicyProof.of(app);
    return app;
  } catch (error) {
    if (error instanceof ZeroTrustError) return undefined;
    throw error;
  }
}
