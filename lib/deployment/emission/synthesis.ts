import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Whether an app is being synthesized: cdk8s validates it once and then once more before each chart is rendered. */
export class Synthesis {
  /** How many have begun; the same number means the same synthesis. */
  public count = 0;
  public isUnderWay = false;

  constructor(root: IConstruct) {
    if (!(root instanceof App)) return;
    const { synth, synthYaml } = root;
    root.synth = () => this.during(() => synth.call(root));
    root.synthYaml = () => this.during(() => synthYaml.call(root));
  }

  private during<T>(work: () => T): T {
    this.count += 1;
    this.isUnderWay = true;
    try {
      return work();
    } finally {
      this.isUnderWay = false;
    }
  }
}
