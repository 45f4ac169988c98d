import { Construct } from 'constructs';
import { Deployment } from '../deployment/deployment';
import { at } from '../deployment/reported';
import { givenConstruct } from '../graph/given-construct';
import { text } from '../model/checked';
import type * as Rendering from './addition';
import type * as Given from './given-test';
import type { IsolationTestProps } from './isolation-test-props';

/**
 * Jobs that try, in the cluster, a sample of what the graph says. For each tier, one of its clients gets in; strangers of
 * its namespace, of its client's and of one without policies do not, nor does a pod that wears the labels of its client
 * elsewhere; and the tier itself reaches neither the internet, nor the metadata service, nor the API server, unless a flow
 * leads there. Nothing is shown by a denial alone: each stands between two allowed connections to the same place.
 *
 * The graph has the strangers as tiers with the role `probe`: what lets them out of their namespace is proved like all else,
 * and is there only while the test runs.
 *
 * @example
 * new IsolationTest(chart, 'isolation', {
 *   addresses: { 'ai-inference/vllm': 'vllm.ai-inference.svc:8000' },
 * });
 */
export class IsolationTest extends Construct {
  /** What the names of all objects of the test begin with. */
  public readonly testName: string;

  /** Name of the namespace without policies. */
  public readonly elsewhere: string;

  readonly #state: () => Parameters<typeof Rendering.textOf>[0];

  /**
   * Declares the test.
   *
   * @param scope a chart, or a construct in one.
   * @param id of the construct, and the name of the test where none is given.
   * @param props what is tried, and how.
   * @throws for names, images and addresses that Kubernetes would refuse, tiers of another app, and an empty list of tiers.
   */
  constructor(scope: Construct, id: string, props: IsolationTestProps = {}) {
    super(givenConstruct(scope, 'scope'), text(id, 'id'));
    const test = at(this, () => given().givenTest(this, id, props));
    this.testName = test.name;
    this.elsewhere = test.elsewhere;
    const deployment = Deployment.of(this);
    const record = {
      construct: this,
      add: (declared: Parameters<typeof Rendering.additionOf>[1]) =>
        rendering().additionOf(test, declared, deployment.declarations),
    };
    deployment.declarations.addAddition(record, test.name);
    this.#state = () => {
      const { problems, additions } = deployment.state();
      return { problems: problems.map(({ problem }) => problem), addition: additions.get(record) };
    };
  }

  /**
   * Everything that is tried, a line each, and what is not.
   *
   * @throws for what is wrong in the app, as its synthesis does.
   */
  public toText(): string {
    return rendering().textOf(this.#state());
  }
}

// Loaded when a test is first made: whoever imports the package does not wait for them.

function given(): typeof Given {
  return require('./given-test');
}

function rendering(): typeof Rendering {
  return require('./addition');
}
