import { CORE_SCHEMA, dump, loadAll } from 'js-yaml';
import { adopted } from '../lib/adopt/adopted';
import { adoptionText } from '../lib/adopt/report';
import { adoptable } from '../lib/adopt/todays-plan';
import { planeOf } from '../lib/analysis';
import { readText } from '../lib/analysis/files/read-files';
import { seenOf } from '../lib/checks/seen';
import { engineFacts } from '../lib/settings/engine-given';
import { Cluster } from '../lib/values';
import type { Manifest } from './worlds/objects';
import { realCluster } from './worlds/real-cluster';

// What adopting costs, from the YAML to what the command prints, against js-yaml reading the same manifests in the same
// run: the profile of a real cluster, or with a number as argument every so many of its namespaces. The bar is a ratio, so
// that the machine does not matter; the exit code is 1 if it is missed, or if what was adopted is not proved.

const BAR = 20;

const every = Number(process.argv[2] ?? 1);
const objects = realCluster().filter((object) => Number(namespaceOf(object).slice('ns-'.length)) % every === 0);
const text = objects.map((object) => `---\n${dump(object, { noRefs: true })}`).join('');

const yaml = Math.min(...[1, 2, 3].map(() => timed(() => loadAll(text, undefined, { schema: CORE_SCHEMA })).ms));
const { ms, result } = timed(() => {
  const reading = readText(text, 'real.yaml', {});
  const facts = engineFacts('kubernetes');
  const seen = seenOf(reading, planeOf(reading), { facts });
  const adoption = adopted(seen, { namespaces: adoptable(seen), cluster: Cluster._with(facts), plane: {} });
  adoptionText(adoption);
  return adoption;
});

const ratio = Math.round((10 * ms) / yaml) / 10;
const isProved = result.proof?.isProved === true;
const megabytes = Math.round((process.resourceUsage().maxRSS * 1024) / 1_000_000);
console.log(
  `${objects.length} objects: read by js-yaml in ${yaml} ms of CPU; ${result.plan.tiers.length} tiers with ${result.plan.flows.length} flows adopted in ${ms} ms, ${isProved ? 'proved' : 'NOT proved'}, ${megabytes} MB`,
);
if (ratio > BAR) console.log(`missed: adoptToYaml is above ${BAR}`);
console.log(JSON.stringify({ adoptToYaml: ratio, bar: BAR, megabytes, isProved }));
process.exitCode = ratio > BAR || !isProved ? 1 : 0;

function namespaceOf({ kind, metadata }: Manifest): string {
  const { name, namespace } = metadata as { readonly name: string; readonly namespace?: string };
  return kind === 'Namespace' ? name : (namespace ?? '');
}

function timed<T>(act: () => T): { readonly ms: number; readonly result: T } {
  const before = process.cpuUsage();
  const result = act();
  const { user, system } = process.cpuUsage(before);
  return { ms: Math.round((user + system) / 1000), result };
}
