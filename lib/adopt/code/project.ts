import { clusterCode } from '../../init/code/cluster-code';
import { identifier, quoted } from '../../init/code/words';
import { MAIN, TEST } from '../../init/written-project';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { LeftOut, Plan } from '../plan';
import { byNamespace, flowsCode, namesCluster, type OfNamespace } from './flows-code';
import { namesFor } from './names';
import { tiersCode } from './tiers-code';

/** The sources of a project that declares a plan, by their paths. */
export function sources(plan: Plan, left: readonly LeftOut[], facts: ClusterFacts): Readonly<Record<string, string>> {
  const names = namesFor(plan);
  const said = byNamespace(plan.flows, left);
  const flows = plan.namespaces.map(({ name }) => [`flows/${name}.ts`, flowsCode(name, said(name), names)] as const);
  return {
    'main.ts': MAIN,
    'platform.ts': platformCode(plan, said, facts),
    'tiers.ts': tiersCode(plan, names),
    ...Object.fromEntries(flows),
    'platform.test.ts': TEST,
  };
}

function platformCode(plan: Plan, said: (namespace: string) => OfNamespace, facts: ClusterFacts): string {
  const code = clusterCode(facts);
  const imported = plan.namespaces.map(({ name }) => ({ name, as: `flowsOf${capital(identifier(name))}` }));
  return [
    `import { App, Chart } from 'cdk8s';`,
    `import { ${[...(plan.isLarge ? ['ArgoSync'] : []), 'Cluster', ...(code.includes('Platform.') ? ['Platform'] : [])].join(', ')} } from 'cdk8s-zero-trust';`,
    ...imported.map(({ name, as }) => `import { flows as ${as} } from ${quoted(`./flows/${name}`)};`),
    `import { tiers } from './tiers';`,
    '',
    '/** The platform as it is declared. */',
    'export function platform(): App {',
    '  const app = new App();',
    `  const cluster = ${code};`,
    '  Cluster.use(app, cluster);',
    ...(plan.isLarge
      ? [
          '  // Some policies are larger than kubectl takes on the client side: kubectl apply --server-side',
          '  ArgoSync.use(app, { serverSideApply: true });',
        ]
      : []),
    `  const t = tiers(new Chart(app, 'platform'));`,
    ...imported.map(({ name, as }) => `  ${as}(t${namesCluster(said(name)) ? ', cluster' : ''});`),
    '  return app;',
    '}',
    '',
  ].join('\n');
}

function capital(text: string): string {
  return text.replace(/^_/, '').replace(/^./, (first) => first.toUpperCase());
}
