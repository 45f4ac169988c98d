// What is written for a system is compiled and run: it renders, and is proved.
import type { App } from 'cdk8s';
import { PolicyProof, ZeroTrustFindings } from '../../lib';
import { blueprint } from '../../lib/init/blueprint';
import { chosenSystems } from '../../lib/init/chosen';
import { clusterOfProject } from '../../lib/init/cluster-of-project';
import { platformCode } from '../../lib/init/platform-code';
import { KNOWN_SYSTEMS } from '../../lib/known-systems';
import { engineFacts } from '../../lib/settings/engine-given';
import { appOf } from '../adopt/run-sources';

const PLATFORM = ['envoy-ai-gateway', 'vllm', 'weaviate', 'langfuse', 'prometheus'];

describe.each(['kubernetes', 'cilium'] as const)('a project for %s', (engine) => {
  it.each(KNOWN_SYSTEMS.map(({ id }) => [id]))('with %s beside others is proved', (id) => {
    const systems = chosenSystems([...new Set([id, 'vllm', 'envoy-gateway', 'prometheus'])]);
    const code = platformCode(blueprint(systems), clusterOfProject(engineFacts(engine)));
    const app: App = appOf({ 'platform.ts': code });
    expect(errorsOf(app)).toEqual([]);
    expect(PolicyProof.of(app).witnesses).toEqual([]);
  });

  it('with the systems of the README is proved', () => {
    const app = appOf({
      'platform.ts': platformCode(blueprint(chosenSystems(PLATFORM)), clusterOfProject(engineFacts(engine))),
    });
    expect(errorsOf(app)).toEqual([]);
    expect(PolicyProof.of(app).isProved).toBe(true);
  });
});

function errorsOf(app: App): readonly string[] {
  return ZeroTrustFindings.of(app)
    .findings.filter(({ level }) => level === 'error')
    .map(({ rule, about, what }) => `${rule} ${about}: ${what}`);
}
