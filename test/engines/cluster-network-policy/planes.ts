import { compose } from '../../../lib/engines/cluster-network-policy/compose';
import { readNetworkPolicy } from '../../../lib/kinds/networking.k8s.io';
import { clusterNetworkPolicyReader } from '../../../lib/kinds/policy.networking.k8s.io';
import type { IpBlockMode, Plane } from '../../../lib/model/layer';

/** What these objects say together, as it is read: nothing may be wrong with any of them. */
export function planeOf(objects: readonly { readonly kind: string }[], ipBlockMode: IpBlockMode): Plane {
  const others = objects.filter(isOfCluster).map((object) => clusterNetworkPolicyReader.read(object));
  const own = objects.filter((object) => !isOfCluster(object)).map((object) => readNetworkPolicy(object));
  expect([...others, ...own].flatMap(({ problems }) => problems)).toEqual([]);
  return compose(
    { rules: own.flatMap((it) => it.rules), isolations: own.flatMap((it) => it.isolations), others },
    { ipBlockMode },
  );
}

function isOfCluster({ kind }: { readonly kind: string }): boolean {
  return kind === 'ClusterNetworkPolicy';
}
