import { instance } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import type { KafkaMatch } from '../model/request-match';
import { shown } from '../model/shown';

/** Kafka topics that may be written or read along a flow. Cilium up to 1.19 has it; other engines have not. */
export class KafkaRule {
  /**
   * Writing to a topic.
   *
   * @param topic its name.
   * @throws for a name that Kafka refuses.
   */
  public static produce(topic: string): KafkaRule {
    return new KafkaRule(topic, 'produce');
  }

  /**
   * Reading from a topic.
   *
   * @param topic its name.
   * @throws for a name that Kafka refuses.
   */
  public static consume(topic: string): KafkaRule {
    return new KafkaRule(topic, 'consume');
  }

  /** @internal */
  public static _is(value: unknown): value is KafkaRule {
    return typeof value === 'object' && value !== null && #match in value;
  }

  readonly #match: KafkaMatch;

  private constructor(topic: string, role: 'produce' | 'consume') {
    if (typeof topic !== 'string' || !/^[A-Za-z0-9._-]{1,249}$/.test(topic)) {
      throw new ZeroTrustError({
        rule: 'kafka-topic',
        what: `${shown(topic)} is not the name of a Kafka topic`,
        value: typeof topic === 'string' ? topic : shown(topic),
        allowed: '1 to 249 letters, digits, dots, hyphens and underscores',
        fix: "The name alone: KafkaRule.produce('orders')",
      });
    }
    this.#match = { protocol: 'kafka', topic, role };
  }

  /** @internal */
  public get _match(): KafkaMatch {
    return this.#match;
  }
}

export const aKafkaRule = instance(KafkaRule._is, {
  className: 'KafkaRule',
  is: 'a KafkaRule',
  allowed: "KafkaRule.produce('orders'), KafkaRule.consume('orders')",
});
