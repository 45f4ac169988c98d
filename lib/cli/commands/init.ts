import { blueprint } from '../../init/blueprint';
import { chosenSystems } from '../../init/chosen';
import { clusterOfProject } from '../../init/cluster-of-project';
import { writtenProject } from '../../init/written-project';
import { KNOWN_SYSTEMS, type SystemRole } from '../../known-systems';
import type { ClusterFacts } from '../../model/cluster-facts';
import { ENGINE_NAMES } from '../../model/engine-name';
import { engineFacts, engineGiven } from '../../settings/engine-given';
import { Platform } from '../../values';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { packageName, projectFolder, writeProject } from '../project-folder';
import { unknownName, usageError } from '../usage-error';

const PLATFORM_NAMES: readonly string[] = Object.values(Platform);

export const init: Command = {
  name: 'init',
  summary: 'a project from nothing: known systems, who talks to whom among them, proved and tested',
  usage: 'init <folder>',
  examples: [
    'cdk8s-zero-trust init app',
    'cdk8s-zero-trust init app --engine cilium@1.20 --platform eks --with envoy-ai-gateway,vllm,weaviate,langfuse',
  ],
  options: [
    {
      flags: '--engine <name@version>',
      description: `what enforces the policies: ${ENGINE_NAMES.join(', ')} (default: kubernetes)`,
    },
    {
      flags: '--platform <name>',
      description: `where the cluster runs: ${PLATFORM_NAMES.join(', ')} (default: not said)`,
    },
    { flags: '--with <systems>', description: 'what runs there, by the ids of docs/catalog.md, with commas between' },
    {
      flags: '--api-server <blocks>',
      description: 'addresses of the API server, with commas between, for engines that name it by address',
    },
    {
      flags: '--package <version>',
      description: 'cdk8s-zero-trust as the project depends on it: a range, or file:… (default: this version)',
    },
  ],
  notes: [
    'In a terminal it asks for what is not given. It asks no network, and sends nothing.',
    'Each system gets a namespace, tiers by the labels of its official chart, and what it cannot do without. Flows among systems are written where what they are makes them sure: a gateway for models asks the models, agents ask it, and search vector stores. What may be so besides is a comment. Read them; they are yours.',
  ],
  async run(given, io) {
    const folder = projectFolder(given.args[0], '', io);
    const asked = await answers(given, io);
    const systems = chosenSystems(listOf(asked.systems));
    if (systems.length === 0) throw noSystems();
    const plan = blueprint(systems);
    const library = given.value('package');
    const name = packageName(folder);
    writeProject(
      folder,
      writtenProject(plan, clusterGiven(asked, given), { name, ...(library !== undefined && { library }) }),
    );
    io.out(`Written to ${given.args[0]}: ${count(plan.systems, 'system')}, ${count(plan.flows, 'flow')} among them.\n`);
    io.out(`  cd ${given.args[0]} && npm install && npm test && npm run synth\n`);
    return ExitCode.YES;
  },
};

interface Answers {
  readonly engine?: string;
  readonly platform?: string;
  readonly systems: string;
}

/** What the options say; in a terminal what they leave open is asked. */
async function answers(given: Given, io: Io): Promise<Answers> {
  const [engine, platform, systems] = ['engine', 'platform', 'with'].map((option) => given.value(option));
  const ask = async (question: string) => {
    const answer = (await io.ask?.(question))?.trim();
    return answer === '' ? undefined : answer;
  };
  // Who says the systems has said what matters.
  if (systems !== undefined || io.ask === undefined) {
    if (systems === undefined) throw noSystems();
    return { ...(engine !== undefined && { engine }), ...(platform !== undefined && { platform }), systems };
  }
  io.err(`${catalogText()}\n`);
  const chosen = (await ask('Which systems run there, with commas between? ')) ?? '';
  const enforcing =
    engine ??
    (await ask(`What enforces policies (${ENGINE_NAMES.join(', ')}; with its version: cilium@1.20)? [kubernetes] `));
  const place = platform ?? (await ask(`Where does it run (${PLATFORM_NAMES.join(', ')})? [not said] `));
  return { ...(enforcing && { engine: enforcing }), ...(place && { platform: place }), systems: chosen };
}

function noSystems() {
  return usageError({
    what: 'No system is named that a project could be made of',
    allowed: 'ids of docs/catalog.md, with commas between',
    fix: '--with envoy-gateway,vllm,weaviate',
  });
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
}

const ROLES: readonly SystemRole[] = ['gateway', 'inference', 'agents', 'data', 'observability', 'cluster'];

function catalogText(): string {
  return ROLES.map((role) => {
    const ids = KNOWN_SYSTEMS.filter((system) => system.role === role).map(({ id }) => id);
    return `${role}: ${ids.join(', ')}`;
  }).join('\n');
}

function clusterGiven({ engine: text, platform: name }: Answers, given: Given): ClusterFacts {
  const { name: engine, version } = engineGiven(text ?? 'kubernetes', '--engine');
  const facts = engineFacts(engine, version, name === undefined ? {} : { platform: platformNamed(name) });
  const addresses = given.value('api-server');
  return clusterOfProject(facts, addresses === undefined ? undefined : listOf(addresses));
}

function platformNamed(name: string): Platform {
  const found = Object.values(Platform).find((each) => each === name);
  if (found === undefined) throw unknownName('platform', name, PLATFORM_NAMES, '--platform eks');
  return found;
}

function count(all: readonly unknown[], noun: string): string {
  return `${all.length} ${noun}${all.length === 1 ? '' : 's'}`;
}
