import type { ClusterFacts } from '../model/cluster-facts';
import type { Blueprint } from './blueprint';
import { platformCode } from './platform-code';
import { projectFiles } from './project';

export interface ProjectAsked {
  readonly name: string;
  /** This library as a dependency: a range of versions, or `file:…`. @default the version that writes it */
  readonly library?: string;
}

/** A project that renders a blueprint, proves it and tests it; its files by their paths. */
export function writtenProject(
  plan: Blueprint,
  facts: ClusterFacts,
  { name, library }: ProjectAsked,
): Readonly<Record<string, string>> {
  return {
    ...projectFiles({ name, readme: readme(plan), ...(library !== undefined && { library }) }),
    'platform.ts': platformCode(plan, facts),
    'main.ts': MAIN,
    'platform.test.ts': TEST,
  };
}

export const MAIN = `import { ZeroTrust } from 'cdk8s-zero-trust';
import { platform } from './platform';

console.log(ZeroTrust.render(platform()).toText());
`;

export const TEST = `import { PolicyGraph, PolicyProof } from 'cdk8s-zero-trust';
import { platform } from './platform';

test('who talks to whom, and why', () => {
  expect(PolicyGraph.of(platform()).toText()).toMatchSnapshot();
});

test('the policies allow exactly that', () => {
  expect(PolicyProof.of(platform()).witnesses).toEqual([]);
});
`;

function readme({ systems }: Blueprint): string {
  const todo = [
    ...systems.flatMap(({ system, missing }) =>
      missing.map((other) => `- ${system.title} needs ${other}: declare it, and name it under \`peers\`.`),
    ),
    '- Labels: tiers select what the official charts render. Where yours differ, write `pods`.',
    '- Who comes in from outside: give the gateway its exposure (`exposures`, with the load balancer in front of it).',
  ];
  return `# Network policies of this platform
Who may talk to whom, on what, and why: declared with cdk8s-zero-trust in \`platform.ts\`, for ${systems.map(({ system }) => system.title).join(', ')}.

\`\`\`sh
npm install
npm test             # the policy graph as a snapshot, and the proof
npm run synth        # renders dist/, and proves what was written
\`\`\`

Commit \`dist/\` and let Argo CD sync it; \`.github/workflows/policies.yml\` holds both in CI.

## To do
${todo.join('\n')}
`;
}
