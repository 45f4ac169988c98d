export type { ApiServerFacts, ClusterFacts, DnsFacts, DnsServer, Encryption } from '../model/cluster-facts';
