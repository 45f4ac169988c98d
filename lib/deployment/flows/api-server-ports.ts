import type { ClusterFacts } from '../../model/cluster-facts';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';

/** Where API servers listen: kube-apiserver's `--secure-port`, and what managed ones and load balancers before them have. */
const usual = ports.union(ports.number('TCP', 6443), ports.number('TCP', 443));

/** Whether a connection on some of these ports may be one to the API server. */
export function reachesApiServer(set: PortSet, { apiServer }: ClusterFacts): boolean {
  const own = apiServer === undefined ? usual : ports.union(usual, apiServer.ports);
  return !ports.isEmpty(ports.intersection(set, own).possible);
}
