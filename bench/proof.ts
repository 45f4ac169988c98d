import { compose } from '../lib/engines/kubernetes/compose';
import { render } from '../lib/engines/kubernetes/render';
import { canonical, type GraphData } from '../lib/graph/graph-data';
import { memoizing, readNetworkPolicy } from '../lib/kinds/networking.k8s.io';
import type { Endpoint } from '../lib/model/endpoint';
import * as ips from '../lib/model/ip-set';
import type { Plane } from '../lib/model/layer';
import { podSet, podsIn } from '../lib/model/pod-set';
import * as ports from '../lib/model/port-set';
import * as selectors from '../lib/model/selector';
import { keepApart, type ProofOptions, proveGraph } from '../lib/proof';
import { endOf, flow, graph, planeOf, tier, withRule, withRules } from '../test/proof/mechanical';

// What the proof costs, printed for a look and held to no bar: the bars are on synthesis with proof, as users run it.

const TIERS = 400;

main();

function main(): void {
  for (const perNamespace of [10, TIERS]) {
    const declared = mesh(perNamespace);
    // Rendered and read back, so that no value is shared with the declaration and nothing is equal by being the same.
    const plane = readBack(declared);
    const again = readBack(declared);
    const where = `${TIERS} tiers, ${perNamespace} in a namespace`;
    report(`${where}, by the book`, () => proveGraph(declared, plane, known(declared)));
    report(`${where}, again`, () => proveGraph(declared, again, known(declared)));
    report(`${where}, with a promise of each tier`, () =>
      proveGraph(declared, plane, { ...known(declared), promises: promises(declared) }),
    );
    report(`${where}, no rule recognised at once`, () => proveGraph(declared, splitInTwo(plane), known(declared)));
    const [first] = declared.tiers;
    const internet: Endpoint = { kind: 'addresses', addresses: ips.anyIpv4 };
    report(`${where}, apart by the graph`, () =>
      keepApart({ ...declared, flows: declared.flows.filter(({ to }) => to.kind === 'tier') }, endOf(first), internet),
    );
    report(`${where}, apart by the rules`, () =>
      keepApart(
        withRules(
          plane,
          ({ ports: set }) => ports.hasNumber(set, 'UDP', 53),
          () => [],
        ),
        endOf(first),
        internet,
      ),
    );
  }
  report('an empty podSelector against 200 flows of three labels', wideRule);
}

/** Three callers each, and DNS. */
function mesh(perNamespace: number): GraphData {
  const tiers = Array.from({ length: TIERS }, (_, i) => tier(`ns-${Math.floor(i / perNamespace)}`, `t${i}`));
  const dns: Endpoint = {
    kind: 'pods',
    pods: podsIn('kube-system', selectors.fromLabels({ 'k8s-app': 'kube-dns' })),
    owner: 'platform',
  };
  const dnsPorts = ports.union(ports.number('UDP', 53), ports.number('TCP', 53));
  const flows = tiers.flatMap((each, i) => [
    ...[1, 7, 13].map((step) => flow(tiers[(i + step) % TIERS], each, ports.number('TCP', 8080))),
    flow(each, dns, dnsPorts),
  ]);
  return graph(tiers, flows);
}

function known({ namespaces }: GraphData): ProofOptions {
  return {
    podAddresses: ips.fromBlock('10.244.0.0/16'),
    knownNamespaces: namespaces.map(({ name }) => ({ name, labels: { purpose: 'bench' } })),
  };
}

function promises({ tiers }: GraphData) {
  const forbids: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('169.254.169.254/32') };
  return tiers.map((each) => ({ tier: each, forbids, because: 'it hands out credentials', rule: 'metadata-service' }));
}

/** Each rule as two that only together have its pods. */
function splitInTwo(plane: Plane) {
  return withRules(
    plane,
    () => true,
    (rule) =>
      (['Exists', 'DoesNotExist'] as const).map((operator) => {
        const half = selectors.fromRequirements([{ key: 'canary', operator }]);
        return { ...rule, subject: podSet(rule.subject.namespaces, selectors.both(rule.subject.pods, half)) };
      }),
  );
}

function wideRule() {
  const server = tier('b', 'server');
  const flows = Array.from({ length: 200 }, (_, i) => {
    const labels = { a: `v${i % 7}`, b: `v${i % 11}`, c: `v${i % 13}` };
    const client: Endpoint = { kind: 'pods', pods: podsIn('x', selectors.fromLabels(labels)), owner: 'x' };
    return flow(client, server, ports.number('TCP', 1));
  });
  const declared = graph([server], flows);
  const peers = [{ kind: 'pods' as const, pods: podsIn('x', selectors.anything) }];
  return proveGraph(
    declared,
    withRule(planeOf(declared), { direction: 'ingress', subject: server.pods, peers, ports: ports.number('TCP', 1) }),
  );
}

function readBack(declared: GraphData): Plane {
  const values = memoizing();
  const readings = (JSON.parse(JSON.stringify(render(canonical(declared)))) as unknown[]).map((manifest) =>
    readNetworkPolicy(manifest, { values }),
  );
  const rules = readings.flatMap((reading) => reading.rules);
  const isolations = readings.flatMap((reading) => reading.isolations);
  return compose({ rules, isolations }, { ipBlockMode: 'may' });
}

function report(title: string, run: () => object): void {
  const start = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(start);
  const { witnesses, notProved, ...rest } = result as {
    witnesses?: unknown[];
    notProved?: unknown[];
    proved?: boolean;
    apart?: boolean;
  };
  const verdict = rest.apart ?? `${rest.proved}, ${witnesses?.length} witnesses, ${notProved?.length} not proved`;
  console.log(`${title}: ${Math.round((user + system) / 1000)} ms CPU (${verdict})`);
}
