import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import { podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { problemText } from '../../lib/model/problem';
import * as selectors from '../../lib/model/selector';
import { type Proof, type ProofOptions, witnessProblem } from '../../lib/proof';
import { flow, graph, planeOf, tier } from './mechanical';

export const tcp = (n: number) => ports.number('TCP', n);

/** A gateway that reaches a model, agents that reach a store, tool APIs and a model registry. */
export function mesh() {
  const gateway = tier('ai-gateway', 'envoy');
  const vllm = tier('ai-inference', 'vllm');
  const agent = tier('ai-agents', 'agent');
  const weaviate = tier('ai-data', 'weaviate');
  const tools: Endpoint = { kind: 'addresses', addresses: ips.fromBlock('198.51.100.0/24', ['198.51.100.0/28']) };
  const registry: Endpoint = { kind: 'addresses', addresses: ips.fromBlocks(['203.0.113.0/25', '192.0.2.0/24']) };
  const monitoring: Endpoint = {
    kind: 'pods',
    pods: podsIn('monitoring', selectors.fromLabels({ app: 'prometheus' })),
    owner: 'platform',
  };
  const flows = [
    flow(gateway, vllm, tcp(8000)),
    flow(agent, weaviate, ports.union(tcp(8080), tcp(50051))),
    flow(agent, tools, tcp(443)),
    flow(vllm, registry, tcp(443)),
    flow(monitoring, vllm, ports.named('TCP', 'metrics')),
  ];
  const declared = graph([gateway, vllm, agent, weaviate], flows);
  return { gateway, vllm, agent, weaviate, tools, registry, monitoring, flows, declared, plane: planeOf(declared) };
}

/** What is known of the cluster in these tests: pods have their addresses in 10.244.0.0/16. */
export const known: ProofOptions = { podAddresses: ips.fromBlock('10.244.0.0/16') };

export function statements(proof: Proof): string[] {
  return proof.witnesses.map(({ statement, namespace, direction }) => `${statement} ${direction} ${namespace}`);
}

export function sentences(proof: Proof): string {
  return proof.witnesses.map(witnessProblem).map(problemText).join('\n\n');
}
