/**
 * Words for the label `purpose` of a namespace. Any other word that is a label value does as well; these are the ones that
 * an AI platform has.
 */
export class Purpose {
  /** The way in: proxies and API gateways. */
  public static readonly GATEWAY = 'gateway';
  /** Model servers. */
  public static readonly INFERENCE = 'inference';
  /** Agents that call tools. */
  public static readonly AGENTS = 'agents';
  /** Vector stores, databases and object storage, model weights among them. */
  public static readonly DATA = 'data';

  private constructor() {}
}
