import { planeOf, readFiles } from '../../lib/analysis';
import { CHECKS, runChecks, seenOf } from '../../lib/checks';

describe('the published guide', () => {
  const reading = readFiles(['examples/guide']);
  const found = runChecks(seenOf(reading, planeOf(reading)), CHECKS);
  const of = (rule: string) => found.filter((one) => one.rule === rule);

  it('is read without a problem', () => {
    expect(reading.problems).toEqual([]);
  });

  it('lets inference out to storage and agents out to Weaviate, which let nobody in', () => {
    expect(of('half-open-flow').map(({ what, place }) => [place?.object, what.slice(0, what.indexOf(','))])).toEqual([
      [
        'NetworkPolicy ai-inference/allow-to-storage',
        'the rule allows Deployment ai-inference/vllm -> Deployment ai-storage/model-storage TCP/9000',
      ],
      [
        'NetworkPolicy ai-agents/allow-to-weaviate',
        'the rule allows Deployment ai-agents/agent -> Deployment ai-data/weaviate TCP/8080',
      ],
    ]);
  });

  it('lets every namespace with a label into the model', () => {
    expect(of('namespace-label-trusted').map(({ place, what }) => [place?.object, what])).toEqual([
      [
        'NetworkPolicy ai-inference/allow-from-gateway',
        'every pod of any namespace that has {purpose=gateway} gets in',
      ],
    ]);
  });

  it('resolves names over UDP alone, in each namespace', () => {
    expect(of('dns-over-udp-only').map(({ place }) => place?.object)).toEqual(
      ['ai-gateway', 'ai-inference', 'ai-agents', 'ai-data', 'ai-storage'].map(
        (name) => `NetworkPolicy ${name}/allow-dns`,
      ),
    );
  });

  it('calls tools in a range that may hold pods', () => {
    expect(of('cluster-range').map(({ place }) => place?.object)).toEqual(['NetworkPolicy ai-agents/allow-to-tools']);
  });

  it('isolates every workload in both directions, and contradicts itself nowhere', () => {
    expect(of('default-deny-missing')).toEqual([]);
    expect(of('dangling-peer')).toEqual([]);
    expect(of('port-not-served')).toEqual([]);
  });
});
