import type { ClusterFacts } from '../model/cluster-facts';
import type { EngineName } from '../model/engine-name';
import { PLATFORMS } from './platforms';

// Cilium documentation, "Layer 7 Policy"; Calico documentation, "Enable application layer policy"; Antrea documentation,
// "Feature Gates". No policy of the other engines looks at requests.
const NEEDED: Readonly<Partial<Record<EngineName, string>>> = {
  cilium: "Cilium's Envoy proxy is on (Helm l7Proxy: true, which is the default)",
  calico:
    'application layer policy is on (Calico, `ApplicationLayer`), with its proxy before the pods: without it Felix passes over what is said of requests, and lets all of the ports through; and pods take a path for what Calico cleans it to (`//v1/models`, `/v1/models/`), since it compares that and sends on what came',
  antrea: 'the feature gate L7NetworkPolicy of Antrea is on, which is alpha and off unless it was switched on',
};

/** What an engine needs to look at requests at all, to follow `for which` or `where`; no policy shows it. */
export function neededForRequests(engine: EngineName): string {
  return NEEDED[engine] ?? 'the engine looks into connections';
}

/** What an answer that hangs on requests takes for granted: a sentence. */
export function requestsTakenForGranted({ engine, platform }: ClusterFacts): string {
  // Azure documentation, "Advanced Container Networking Services".
  const isPaidFor = engine === 'cilium' && platform === PLATFORMS.aks.title;
  const paid = isPaidFor ? ', and, where Azure runs Cilium, Advanced Container Networking Services are on' : '';
  return `This holds only where ${neededForRequests(engine)}${paid}; it cannot look into TLS.`;
}
