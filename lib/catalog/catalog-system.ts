import { text } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import type { Tier } from '../tiers';

/**
 * A known system that is several tiers: each part of it is one, and the flows among them are open. Its users are let in on
 * the tier that serves them.
 *
 * @example
 * const ray = Catalog.rayCluster(models, 'ray', { given: ['autoscaling is on'] });
 * ray.tier('head').connections.allowFrom(gateway, { because: 'users ask Ray Serve' });
 */
export class CatalogSystem {
  /** @internal */
  public static _of(system: string, title: string, tiers: ReadonlyMap<string, Tier>): CatalogSystem {
    return new CatalogSystem(system, title, tiers);
  }

  /** Id of the system: `ray`. */
  public readonly system: string;

  /** As its makers write it: `Ray`. */
  public readonly title: string;

  readonly #tiers: ReadonlyMap<string, Tier>;

  private constructor(system: string, title: string, tiers: unknown) {
    this.system = system;
    this.title = title;
    this.#tiers = tiers as ReadonlyMap<string, Tier>;
  }

  /** Names of the parts that are tiers. */
  public get parts(): string[] {
    return [...this.#tiers.keys()];
  }

  /** The tiers, in the order of `parts`. */
  public get tiers(): Tier[] {
    return [...this.#tiers.values()];
  }

  /**
   * The tier of a part.
   *
   * @param part name of the part: `head`.
   * @throws for a part that is none, or is no tier here.
   */
  public tier(part: string): Tier {
    const name = text(part, 'part');
    const found = this.#tiers.get(name);
    if (found !== undefined) return found;
    throw new ZeroTrustError({
      rule: 'catalog-part',
      what: `${this.title} has no tier ${name} here`,
      value: name,
      allowed: this.parts.join(', '),
      fix: 'Write one of these, or name the part when the system is declared: { parts: […] }',
    });
  }
}
