import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLOW_RULES } from '../../../lib/report/flows-findings';
import { FAILING_CLASSES } from '../../../lib/report/flows-report';
import { run } from '../../cli/run';
import { platform } from '../../flow-logs/platform';
import { hubbleHour } from './log';

/** What the commands of the page print, with the log and the platform of the page. */
export async function printed(argv: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'flows-page-'));
  try {
    const { graph, manifests } = platform();
    writeFileSync(join(folder, 'graph.json'), graph);
    writeFileSync(join(folder, 'policies.yaml'), manifests.replaceAll('port: "6379"', 'port: "6380"'));
    writeFileSync(join(folder, 'hubble.jsonl'), hubbleHour());
    const { out } = await run(['flows', ...argv], { cwd: folder });
    return out.replaceAll(`${folder}/`, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function flowsPage(): Promise<string> {
  const whole = await printed(['hubble.jsonl', '--graph', 'graph.json']);
  const held = await printed(['hubble.jsonl', '--graph', 'graph.json', '-f', 'policies.yaml', '--quiet']);
  return `# Flows: what the cluster does, against what is declared
The proof says what manifests allow. \`flows\` says what happened: it reads [logs of flows](flow-logs.md) of twelve formats, ties each record to the terms of the graph, and sorts what it saw.

\`\`\`sh
npx cdk8s-zero-trust flows hubble.jsonl --graph dist/platform/graph.json
hubble observe -t policy-verdict -o jsonpb -f | npx cdk8s-zero-trust flows - --graph graph.json --every 60
npx cdk8s-zero-trust flows last-week.jsonl.gz -f dist/platform --fail-on would-be-dropped
\`\`\`

## From a log to a decision
An hour of a platform of four tiers, whose graph has six flows. The agents also ask the model, which nobody declared; a policy keeps them from redis, which somebody did; and something among them tries to reach a host of its own:

\`\`\`text
${whole.trimEnd()}
\`\`\`

| class | it means | what to do |
|---|---|---|
| **undeclared** | it passed, and nothing declares it | declare it with its reason, or find out what lets it through: a policy of others, an engine that does not enforce, a namespace without policies |
| **dropped though declared** | a policy dropped what is declared | compare the cluster with what is rendered; with \`-f\` the nearest rule and what it lacks are said |
| **would be dropped** | it passes today: the engine audited it, its namespace is only tried out (\`rollout\`), or the manifests of \`-f\` would drop it | declare it before the policies are enforced, or let it end |
| **dropped and undeclared** | somebody tried | a forgotten flow, or an intruder: the most frequent come first |
| **declared and never seen** | the log does not show it | ask the reason before it is taken out |
| **not attributable** | an end could not be tied to anything | give what the sentence asks for |

## What is believed
- **Only what a record says.** A label that is absent is not known. A tier that selects by a label which the log does not show *may* be it, and the verdict is *perhaps*, with what it hangs on. *Undeclared* without *perhaps* means that nothing which is not known could make it declared.
- **Both ends, once.** A connection that both of its ends logged counts once. What left its source and was dropped at its destination was dropped. Replies need no flow; those of what is dropped bear no mark, so that a drop towards a port of clients *may* be one, where the other way is declared.
- **Addresses are nobody's** until manifests (a pod with its status, a Service with its address) or the ranges of the cluster say whose. What may be a node is not judged where it passed, since its own node always reaches a pod.
- **Names**: pods by their names are those of a workload where a manifest given with \`-f\` shows it. Host names are those of the record, and of answers of DNS before it.
- **Services**: the port of a Service is that of its pods where a manifest given with \`-f\` shows where it leads. Where the log leaves open whose port it is, it is judged as both, and every Service that may lead to the pod counts; where they do not come to the same it is *perhaps*.
- **Requests**: a record of a connection is declared where some request in it is; a record of a request (method and path, or a name that was asked of DNS) is held against the requests that are declared. What the log leaves out of it, as headers, may be there. Paths are shown without numbers, hashes and query.
- **Every record has a class or a count**: as declared, not attributable (with what would help), set aside (replies, other protocols, what is between others; \`--verbose\` has the list), or beyond the flows that are told apart. What passed and manifests would drop is asked beside the graph, so such a record can be in two lists.
- **Gaps** are said: lost events, lines that could not be read, a clock that goes back, and flows beyond the twenty thousand that are told apart.

## Before policies are switched on
\`-f\` asks manifests what they would do with the flows of last week, with a graph or without one. They also say why they drop what is declared; here somebody changed a port:

\`\`\`text
${partOf(held, 'dropped though declared')}
\`\`\`

Manifests with the workloads of the cluster (\`kubectl get pods,services,deployments,statefulsets,daemonsets,jobs -A -o yaml\`, or \`--live\`) tie names and addresses to pods. Where their policies are ours, they say by their annotations what is declared, and a folder that has a \`graph.json\` by that.

## Exit codes and formats
It ends with 1 where something of \`--fail-on\` was found (${FAILING_CLASSES.map((name) => `\`${name}\``).join(', ')}, \`none\`; by default \`undeclared,dropped-though-declared\`), with 2 where that hangs on what is not known, or nothing in the log could be tied to what is declared, and with 3 where no flow was read. \`--since\` and \`--until\` leave out the rest of a log. A pipe may go on for ever: an interrupt prints what is known, and \`--every 60\` prints it again and again.

\`--format\` is \`text\`, \`json\`, \`sarif\`, \`junit\`, \`github\`, \`markdown\`, \`gitlab\`, and for a SIEM, one object a line: \`ocsf\` (Open Cybersecurity Schema Framework 1.8.0: a Network Activity and a Detection Finding for each entry, the finding under one \`uid\` in every report) and \`ecs\` (Elastic Common Schema 9.4.0). Lines of the log are in results only with \`--samples\`, since they may hold paths and headers.

As findings the classes have these rules:

${FLOW_RULES.map(({ id, title, why }) => `### ${id}\n${capital(title)}. ${why}.`).join('\n\n')}
`;
}

function partOf(text: string, heading: string): string {
  return text.split('\n\n').find((part) => part.startsWith(heading)) ?? '';
}

function capital(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}
