import type { LogFormat } from '../flow-record';
import { antreaFlowAggregator } from './antrea-flow-aggregator';
import { antreaNpLog } from './antrea-np-log';
import { awsVpcCni } from './aws-vpc-cni';
import { calicoGoldmane } from './calico-goldmane';
import { calicoWhisker } from './calico-whisker';
import { gkeDataplaneV2 } from './gke-dataplane-v2';
import { hubble } from './hubble';
import { inspektorGadget } from './inspektor-gadget';
import { kubeNetworkPolicies } from './kube-network-policies';
import { ovnAcl } from './ovn-acl';
import { plainCsv } from './plain-csv';
import { plainJsonl } from './plain-jsonl';

/** Every format that is read. A line is certainly of one of them at most. */
export const FORMATS: readonly LogFormat[] = [
  hubble,
  calicoGoldmane,
  calicoWhisker,
  awsVpcCni,
  antreaNpLog,
  antreaFlowAggregator,
  kubeNetworkPolicies,
  gkeDataplaneV2,
  ovnAcl,
  inspektorGadget,
  plainCsv,
  plainJsonl,
];
