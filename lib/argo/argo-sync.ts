import type { IConstruct } from 'constructs';
import { type ArgoOptions, argoWaves } from './waves';

const chosen = new WeakMap<IConstruct, ArgoOptions>();
let choices = 0;

/**
 * How Argo CD is to apply what is rendered below a scope. Without it the waves are the defaults of `ArgoOptions`.
 *
 * @example
 * ArgoSync.use(app, { namespaceWave: -130, allowWave: -120, denyWave: -110 });
 * ArgoSync.use(app, { enabled: false });
 */
export class ArgoSync {
  /**
   * Sets the order for a scope and everything below it, unless something there sets its own.
   *
   * @param scope the app, or a part of it.
   * @param options waves, or that there are none.
   * @throws for waves in which a deny would come before the allows, or a policy before its namespace.
   */
  public static use(scope: IConstruct, options: ArgoOptions): void {
    argoWaves(options);
    chosen.set(scope, options);
    choices += 1;
  }

  /**
   * How often something was set so far, in all apps: what is rendered is the same as long as it is.
   *
   * @internal
   */
  public static _choices(): number {
    return choices;
  }

  /** @internal */
  public static _of(scope: IConstruct): ArgoOptions {
    for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
      const options = chosen.get(at);
      if (options !== undefined) return options;
    }
    return {};
  }

  private constructor() {}
}
