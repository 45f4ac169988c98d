import type { Adoption } from './adopted';
import { adoptionText } from './report';

/** The README of an adopted project: what it is, what was found, and how to roll it out. */
export function readme(adoption: Adoption): string {
  return `# Network policies of this platform
Who may talk to whom, on what, and why: declared with cdk8s-zero-trust, from what was allowed when it was adopted.

\`\`\`sh
npm install
npm test             # the policy graph as a snapshot, and the proof
npm run synth        # renders dist/, and proves what was written
\`\`\`

\`tiers.ts\` has the namespaces and what runs in them, \`flows/\` who talks to whom. Each reason says which policy allows the flow today: write down what it is for. Where there are any, \`not-taken-over.csv\` has all connections that are not taken over, and \`differences.csv\` all that change.

## What was found
\`\`\`text
${adoptionText(adoption)}\`\`\`

## The way to it
1. Read \`flows/\`. Write a reason for each flow, and take out what nobody needs; the snapshot shows the difference in review.
2. Where the engine can, try it out first: \`rollout: Rollout.AUDIT\` on a namespace reports what would be dropped (Cilium, Calico).
3. Apply the rendered policies beside today's. Policies of Kubernetes add up: what both allow passes, and what is listed above as lost stops here, since pods that no policy isolated are isolated from then on. One namespace at a time: \`kubectl apply -n …\`; deleting them undoes it.
4. Watch what is dropped: \`cdk8s-zero-trust flows\` holds the log of your engine against the graph.
5. Delete today's policies of the namespace. Only now is what they allowed beyond the declaration closed.
6. Commit \`dist/\`, and let CI run \`npm test\` and \`npm run synth\`.
`;
}
