import { CONSTRUCT_OF_ROLE } from '../../catalog/construct-of-role';
import { roleOf } from '../../catalog/known';
import { methodOf } from '../../catalog/method-of';
import { comment, object, quoted } from '../../init/code/words';
import { keyOf, type Plan, type PlannedNamespace, type PlannedTier } from '../plan';
import { labelsCode, podsCode, waivedCode } from './expressions';
import type { Names } from './names';

/** `tiers.ts`: the namespaces and what runs in them. */
export function tiersCode(plan: Plan, names: Names): string {
  const used = plan.tiers.map(({ pods }) => podsCode(pods)).join();
  const imports = new Set([
    'NamespaceManagement',
    'ZeroTrustNamespace',
    ...(used.includes('LabelOperator.') ? ['LabelOperator'] : []),
    ...(plan.tiers.length > 0 ? ['Pods'] : []),
    ...(plan.tiers.some(({ entry }) => entry !== undefined) ? ['Catalog'] : []),
    ...plan.tiers.map(constructOf),
  ]);
  return [
    `import type { Chart } from 'cdk8s';`,
    `import { ${[...imports].sort().join(', ')} } from 'cdk8s-zero-trust';`,
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
  const { namespace, name, pods, dns, waived, entry, system, whyNoEntry, workloads } = tier;
  const acknowledged = waived.length === 0 ? [] : [['acknowledge', waivedCode(waived)] as const];
  const given = object([['pods', podsCode(pods)]], '  ');
  const props =
    entry === undefined
      ? object([['pods', podsCode(pods)], ...(dns ? [] : [['dns', 'false'] as const]), ...acknowledged], '  ')
      : object(
          [...spread(`Catalog.${methodOf({ id: entry })}(${given})`), ['dns', String(dns)], ...acknowledged],
          '  ',
        );
  const which = system === undefined ? '' : `, which is ${system}`;
  const why = system === undefined || whyNoEntry === undefined ? '' : `; a plain tier, since ${whyNoEntry}`;
  const about = `${workloads.map((id) => id.split('/').slice(1).join(' ')).join(', ')}${which}${why}`;
  return `  ${comment(about)}\n  const ${names.tier(keyOf(tier))} = new ${constructOf(tier)}(${names.namespace(namespace)}, ${quoted(name)}, ${props});`;
}

/** A field that is its value alone. */
function spread(of: string): readonly (readonly [string, string])[] {
  return [[`...${of}`, `...${of}`]];
}

function constructOf({ entry }: PlannedTier): string {
  return entry === undefined ? 'Tier' : CONSTRUCT_OF_ROLE[roleOf(entry)];
}
