import type { KnownSystem } from './known-system';
import { asksApiServer, LOOKED_AT, labelled, metrics, optional, part, peers, serving } from './table';

const typed = (type: string) =>
  labelled(
    'operator 0367e404',
    { 'nvidia.com/dynamo-component-type': type },
    'nvidia.com/dynamo-graph-deployment-name',
  );
const MADE = { madeBy: 'the operator, from a DynamoGraphDeployment' };
const STATUS = metrics(9090, 'metrics and probes');
const NIXL = optional(metrics(19090, 'the exporter of NIXL, one more for each rank', { last: 19097 }));

export const dynamo: KnownSystem = {
  id: 'dynamo',
  title: 'NVIDIA Dynamo',
  role: 'inference',
  known: {
    images: [],
    kinds: ['nvidia.com/DynamoGraphDeployment'],
    labelKeys: ['nvidia.com/dynamo-graph-deployment-name'],
  },
  parts: [
    part('frontend', [typed('frontend')], [serving(8000, 'the API'), STATUS], { ...MADE, role: 'gateway' }),
    ...['worker', 'prefill', 'decode'].map((type) =>
      part(
        type,
        [typed(type)],
        [
          STATUS,
          NIXL,
          optional(peers(29500, 'the multiprocessing master of vLLM')),
          optional(peers(2222, 'MPI over ssh')),
        ],
        MADE,
      ),
    ),
    part('planner', [typed('planner')], [metrics(9085, 'metrics')], { ...MADE, role: 'cluster' }),
    part('picker', [typed('epp')], [serving(9002, 'the endpoint picker, for gateways')], { ...MADE, role: 'gateway' }),
  ],
  flows: ['frontend', 'worker', 'prefill', 'decode', 'planner'].map((name) =>
    asksApiServer(
      name,
      'pods find each other by EndpointSlices',
      'discovery is that of Kubernetes, as it is by default',
    ),
  ),
  unknown: [
    'the ports on which frontend and workers exchange requests',
    'which images, as they are given in the DynamoGraphDeployment',
  ],
  source:
    'dynamo 0367e404, deploy/operator/internal/consts/consts.go; which release has that commit could not be found',
  versions: 'of that commit',
  lookedAt: LOOKED_AT,
};
