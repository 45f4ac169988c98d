import { comment, object, quoted } from '../../init/code/words';
import { keyOf, type Plan, type PlannedNamespace, type PlannedTier } from '../plan';
import { labelsCode, podsCode, waivedCode } from './expressions';
import type { Names } from './names';

/** `tiers.ts`: the namespaces and what runs in them. */
export function tiersCode(plan: Plan, names: Names): string {
  const used = plan.tiers.map(({ pods }) => podsCode(pods)).join();
  const imports = ['LabelOperator', 'NamespaceManagement', 'Pods', 'Tier', 'ZeroTrustNamespace'].filter(
    (name) => name !== 'LabelOperator' || used.includes('LabelOperator.'),
  );
  return [
    `import type { Chart } from 'cdk8s';`,
    `import { ${imports.filter((name) => name !== 'Pods' || plan.tiers.length > 0).join(', ')} } from 'cdk8s-zero-trust';`,
    '',
    '/** The namespaces that are isolated, and what runs in them. */',
    'export function tiers(chart: Chart) {',
    ...plan.namespaces.map((namespace) => namespaceCode(namespace, names)),
    '',
    ...plan.tiers.map((tier) => tierCode(tier, names)),
    '',
    `  return ${object(named(plan, names), '  ')};`,
    '}',
    '',
    'export type Tiers = ReturnType<typeof tiers>;',
    '',
  ].join('\n');
}

function named({ namespaces, tiers }: Plan, names: Names): readonly (readonly [string, string])[] {
  const all = [...namespaces.map(({ name }) => names.namespace(name)), ...tiers.map((tier) => names.tier(keyOf(tier)))];
  return all.map((name) => [name, name]);
}

function namespaceCode({ name, purpose, labels, waived }: PlannedNamespace, names: Names): string {
  const props = object(
    [
      ['purpose', quoted(purpose)],
      ['management', 'NamespaceManagement.ADOPT'],
      ...(Object.keys(labels).length === 0 ? [] : [['labels', labelsCode(labels)] as const]),
      ['acknowledge', waivedCode(waived)],
    ],
    '  ',
  );
  return `  const ${names.namespace(name)} = new ZeroTrustNamespace(chart, ${quoted(name)}, ${props});`;
}

function tierCode(tier: PlannedTier, names: Names): string {
  const { namespace, name, pods, dns, waived, system, workloads } = tier;
  const props = object(
    [
      ['pods', podsCode(pods)],
      ...(dns ? [] : [['dns', 'false'] as const]),
      ...(waived.length === 0 ? [] : [['acknowledge', waivedCode(waived)] as const]),
    ],
    '  ',
  );
  const about = `${workloads.map((id) => id.split('/').slice(1).join(' ')).join(', ')}${system === undefined ? '' : `, which is ${system}`}`;
  return `  ${comment(about)}\n  const ${names.tier(keyOf(tier))} = new Tier(${names.namespace(namespace)}, ${quoted(name)}, ${props});`;
}
