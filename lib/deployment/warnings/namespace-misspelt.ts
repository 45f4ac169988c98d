import { isPods } from '../../model/endpoint';
import { soleNamespace } from '../../model/pod-set';
import { isOneEditApart } from '../workloads/one-edit';
import { flowLine } from './flow-text';
import type { Seen } from './seen';
import type { Warning } from './warning';

/** A policy for a namespace that nobody made matches nothing, in silence. */
export const namespaceMisspelt: Warning = {
  id: 'namespace-misspelt',
  level: 'warning',
  why: 'A policy for a namespace that does not exist matches nothing, and nobody says so',
  fix: 'Write the name of the namespace as it is declared.',
  find: (seen) => {
    const ours = namespacesOf(seen);
    return seen.graph.flows.flatMap((flow) =>
      [flow.from, flow.to].flatMap((end) => {
        if (!isPods(end) || end.kind === 'tier') return [];
        const name = soleNamespace(end.pods.namespaces);
        if (name === undefined || ours.has(name)) return [];
        const near = [...ours].find((own) => isOneEditApart(own, name));
        const tier = seen.tierOf(flow);
        if (near === undefined || tier === undefined) return [];
        return [
          {
            construct: tier.record.construct,
            about: flowLine(flow, seen.graph),
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

/** Those of the app, whoever made their Namespace. */
function namespacesOf({ declarations, objects }: Seen): ReadonlySet<string> {
  const made = objects.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1');
  return new Set([...declarations.namespaces, ...made].map(({ name }) => name));
}
