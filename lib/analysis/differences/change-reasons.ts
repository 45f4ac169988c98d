import * as ports from '../../model/port-set';
import { type FlowsSaid, flowsSaid, reasonsGiven } from '../reasons';
import { gainedBy, lostBy } from './causes';
import type { Change, ChangeEnd } from './change';

/** What is written on either side. */
interface Written {
  readonly written?: readonly { readonly object: unknown }[];
}

/** Finds what the policies behind a change say that its flows are for: as they were for what is gone, as they are for the rest. */
export function reasonsOf(before: Written, after: Written): (change: Omit<Change, 'reasons'>) => readonly string[] {
  const [was, is] = [flowsSaid(before.written ?? []), flowsSaid(after.written ?? [])];
  return (change) => {
    const isGone = ports.isEmpty(gainedBy(change));
    const said = isGone ? was : is;
    const asked = isGone ? lostBy(change) : gainedBy(change);
    return [...new Set(change.causes.flatMap((cause) => reasonsOfCause(cause, change, said, asked)))];
  };
}

function reasonsOfCause(
  cause: Change['causes'][number],
  { from, to }: Omit<Change, 'reasons'>,
  said: FlowsSaid,
  asked: ports.PortSet,
): readonly string[] {
  if (cause.kind !== 'policy') return [];
  const { policy } = cause;
  return [
    ...(mayStandAt(policy.namespace, from)
      ? reasonsGiven(said, policy, { kind: 'out', namespace: namespaceOf(to), ports: asked })
      : []),
    ...(mayStandAt(policy.namespace, to)
      ? reasonsGiven(said, policy, { kind: 'in', namespace: namespaceOf(from), ports: asked })
      : []),
  ];
}

function mayStandAt(namespace: string | undefined, end: ChangeEnd): boolean {
  return end.kind === 'workloads' && (namespace === undefined || end.workloads[0].startsWith(`${namespace}/`));
}

function namespaceOf(end: ChangeEnd): string | undefined {
  return end.kind === 'workloads' ? end.workloads[0].split('/')[0] : undefined;
}
