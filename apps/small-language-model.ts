import { App, type AppProps, Chart } from 'cdk8s';
import { Cidr, InferenceTier, Pods, Port, Purpose, Rule, Tier, ZeroTrustNamespace } from '../lib';

/** Whether the model resolves names. */
export interface SmallLanguageModelProps extends AppProps {
  /** @default true */
  readonly dns?: boolean;
}

/**
 * A small language model beside the feature API that feeds it: in only from there, out only to one range of addresses.
 *
 * The usual YAML for it has a deny that also cuts off name resolution, or allows port 53 over UDP alone, or to anywhere.
 * Here DNS is a flow to the cluster's name servers over UDP and TCP; `smallLanguageModelSealed` has none.
 */
export function smallLanguageModel({ dns = true, ...props }: SmallLanguageModelProps = {}): App {
  const app = new App(props);
  const chart = new Chart(app, dns ? 'small-language-model' : 'small-language-model-sealed');
  const namespace = new ZeroTrustNamespace(chart, 'ai-models', { purpose: Purpose.INFERENCE, dns });

  const features = new Tier(namespace, 'feature-api', {
    pods: Pods.labeled({ app: 'feature-api' }),
    acknowledge: dns
      ? []
      : [{ rule: Rule.DNS_MISSING, because: 'it is given the address of the model when it starts' }],
  });
  const model = new InferenceTier(namespace, 'small-language-model', {
    pods: Pods.labeled({ app: 'small-language-model' }),
    ports: [Port.tcp(8080)],
  });
  model.connections.allowFrom(features, { because: 'the feature API asks for completions' });
  model.connections.allowTo(Cidr.of('203.0.113.0/24'), {
    ports: [Port.tcp(443)],
    because: 'usage is reported to the licence server',
  });
  return app;
}

/** The same without name resolution: the model reaches its range by address, and nothing else by any name. */
export function smallLanguageModelSealed(props: AppProps = {}): App {
  return smallLanguageModel({ ...props, dns: false });
}
