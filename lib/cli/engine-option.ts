import { USUAL_MODE } from '../analysis/plane-of';
import type { ClusterFacts } from '../cluster/cluster-facts';
import { coreDns } from '../cluster/dns-flavours';
import { engineNamed } from '../engines/engines';
import { ENGINE_NAMES, type EngineName } from '../model/engine-name';
import { ZeroTrustError } from '../model/problem';
import { Cluster } from '../values/cluster';
import { unknownName } from './usage-error';

/**
 * What `--engine cilium@1.20` says of the cluster. Without a version the engine is taken to be of whatever version has the
 * kinds that are there.
 *
 * @throws for an engine or a version that there is none of.
 */
export function engineFacts(text: string): ClusterFacts {
  const [name, version] = text.split(/@(.*)/s);
  const engine = ENGINE_NAMES.find((each) => each === name);
  if (engine === undefined) throw unknownName('engine', name, ENGINE_NAMES, `Write one of: ${enginesText()}`);
  if (version === undefined) return { engine, dns: coreDns(), ipBlockMode: USUAL_MODE[engine] };
  try {
    return CLUSTERS[engine](version)._facts;
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    const fix = `Write one of: ${enginesText()}`;
    throw new ZeroTrustError(error.problems.map((problem) => ({ ...problem, where: '--engine', fix })));
  }
}

const CLUSTERS: Readonly<Record<EngineName, (version: string) => Cluster>> = {
  kubernetes: (version) => Cluster.kubernetes({ version }),
  cilium: (version) => Cluster.cilium({ version }),
  calico: (version) => Cluster.calico({ version }),
  antrea: (version) => Cluster.antrea({ version }),
  'cluster-network-policy': (version) => Cluster.clusterNetworkPolicy({ version }),
};

/** Every engine with the versions that were looked at: `cilium@1.20 (1.17 to 1.20)`. */
function enginesText(): string {
  return ENGINE_NAMES.map((name) => {
    const { versions } = engineNamed(name);
    return versions === undefined ? name : `${name}@${versions.last} (${versions.first} to ${versions.last})`;
  }).join(', ');
}
