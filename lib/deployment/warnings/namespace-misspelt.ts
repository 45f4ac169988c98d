import type { Endpoint } from '../../model/endpoint';
import { isOneEditApart } from '../../model/one-edit';
import { soleNamespace } from '../../model/pod-set';
import { aboutFlow } from './flow-text';
import type { Seen } from './seen';
import type { Warning } from './warning';

/** A policy for a namespace that nobody made matches nothing, in silence. */
export const namespaceMisspelt: Warning = {
  id: 'namespace-misspelt',
  level: 'warning',
  why: 'A policy for a namespace that does not exist matches nothing, and nobody says so',
  fix: 'Write the name of the namespace as it is declared.',
  find: (seen) => {
    const strangers = seen.graph.flows.filter(({ from, to }) => from.kind === 'pods' || to.kind === 'pods');
    if (strangers.length === 0) return [];
    const ours = namespacesOf(seen);
    const names = new Set(strangers.flatMap(({ from, to }) => [from, to].flatMap(namespaceOf)));
    const misspelt = new Map([...names].filter((name) => !ours.has(name)).flatMap((name) => nearestTo(name, ours)));
    if (misspelt.size === 0) return [];
    return strangers.flatMap((flow) =>
      [flow.from, flow.to].flatMap((end) => {
        const [name = ''] = namespaceOf(end);
        const near = misspelt.get(name);
        const tier = seen.tierOf(flow);
        if (near === undefined || tier === undefined) return [];
        return [
          {
            construct: tier.record.construct,
            ...aboutFlow(flow, seen),
            what: `the app declares no namespace ${name}, and one slip makes it ${near}`,
            value: name,
            fix: `Write inNamespace('${near}'), or acknowledge it: acknowledge: [{ rule: 'namespace-misspelt', because: '…' }]`,
            acknowledged: [flow.acknowledged, tier.record.acknowledged],
          },
        ];
      }),
    );
  },
};

/** The one namespace of pods that are not ours. */
function namespaceOf(end: Endpoint): string[] {
  if (end.kind !== 'pods') return [];
  const name = soleNamespace(end.pods.namespaces);
  return name === undefined ? [] : [name];
}

function nearestTo(name: string, ours: ReadonlySet<string>): [string, string][] {
  const near = [...ours].find((own) => isOneEditApart(own, name));
  return near === undefined ? [] : [[name, near]];
}

/** Those of the app, whoever made their Namespace. */
function namespacesOf({ declarations, objects }: Seen): ReadonlySet<string> {
  const made = objects.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1');
  return new Set([...declarations.namespaces, ...made].map(({ name }) => name));
}
