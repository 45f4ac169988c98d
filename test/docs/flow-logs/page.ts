import type { LogFormat } from '../../../lib/flow-logs/flow-record';
import { FORMATS } from '../../../lib/flow-logs/formats';
import { CSV_COLUMNS } from '../../../lib/flow-logs/formats/plain-csv';

/** How people come by a log: commands, or a sentence without its full stop. */
const HOW: Readonly<Record<string, string>> = {
  hubble: 'hubble observe -t policy-verdict -o jsonpb --follow',
  'calico-goldmane': 'It is what Goldmane pushes to its `PUSH_URL`, or an answer of its API with a message a line',
  'calico-whisker': [
    'kubectl port-forward -n calico-system service/whisker 8081:8081',
    "curl -sN 'http://localhost:8081/whisker-backend/flows?watch=true'",
  ].join('\n'),
  'aws-vpc-cni':
    'It is `/var/log/aws-routed-eni/network-policy-agent.log` on each node, where the agent has `--enable-policy-event-logs=true`, or its log group in CloudWatch',
  'antrea-np-log': 'It is that file on each node',
  'antrea-flow-aggregator': 'It is the file of `flowLogger` in the FlowAggregator',
  'kube-network-policies': 'kubectl logs -n kube-system kube-network-policies-x7k2p',
  'gke-dataplane-v2': "gcloud logging read 'log_id(\"policy-action\")' --format=json | jq -c '.[]'",
  'ovn-acl': 'It is that file in the pod of OVN-Kubernetes on each node',
  'inspektor-gadget': 'kubectl gadget run trace_tcp -A -o json',
  csv: 'Anything that writes tables writes it',
  jsonl: 'Anything that writes JSON writes it',
};

const COMMANDS = /^(kubectl|hubble|gcloud) /;

/** The page of the formats of logs. */
export function flowLogsPage(): string {
  return `# Logs of flows
Which logs are read, how they are come by, and what they cannot tell. A format is recognised by its lines; logs that were put together are read too. Gzip is unpacked, UTF-16 is read, and a log may be of any size: it is read line by line, and lines over 8 MiB are left out. What cannot be read is counted and shown, never guessed.

A record has nothing that its line does not say. A label that is absent is not known; a drop has no mark that it was an answer, unless TCP flags show it; what a policy decided is told from what was merely seen to pass.

| format | log |
|---|---|
${FORMATS.map(({ name, title }) => `| [\`${name}\`](#${name}) | ${title} |`).join('\n')}

${FORMATS.map(section).join('\n\n')}

## Our own formats
A flow a line, in JSON as [flow-log.schema.json](schemas/flow-log.schema.json) has it: \`source\`, \`destination\` and \`verdict\` are asked for, everything else may be left out.

\`\`\`json
${JSONL_EXAMPLE}
\`\`\`

In CSV the columns are named by the paths of the same fields, in any order and as many as there are. Several labels, hosts or policies in one column have semicolons between them. The separator may be a comma, a semicolon or a tab; a record is on one line.

\`\`\`csv
${CSV_EXAMPLE}
\`\`\`

The columns: ${CSV_COLUMNS.map((column) => `\`${column}\``).join(', ')}.
`;
}

export const JSONL_EXAMPLE = [
  '{"source":{"namespace":"ai-agents","labels":{"app":"agent"}},"destination":{"namespace":"ai-data","labels":{"app":"redis"}},"protocol":"TCP","port":6379,"portIs":"pod","verdict":"passed","count":4312,"from":"2026-11-01T00:00:00Z","until":"2026-11-20T17:30:00Z"}',
  '{"source":{"namespace":"ai-agents","pod":"agent-0"},"destination":{"address":"203.0.113.9","hosts":["api.example.org"]},"protocol":"TCP","port":443,"verdict":"dropped"}',
].join('\n');

export const CSV_EXAMPLE = [
  'source.namespace,source.labels,destination.namespace,destination.labels,protocol,port,verdict,count',
  'ai-agents,app=agent;tenant=blue,ai-data,app=redis,TCP,6379,passed,4312',
].join('\n');

function section({ name, title, limits }: LogFormat): string {
  const how = HOW[name] ?? '';
  return `## ${name}
${title}.

${COMMANDS.test(how) ? `\`\`\`sh\n${how}\n\`\`\`` : `${how}.`}

${limits.map((limit) => `- ${limit}`).join('\n')}`;
}
