import { ZeroTrustError } from '../model/problem';
import type { KafkaMatch } from '../model/request-match';

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
  public readonly _match: KafkaMatch;

  private constructor(topic: string, role: 'produce' | 'consume') {
    if (!/^[A-Za-z0-9._-]{1,249}$/.test(topic)) {
      throw new ZeroTrustError({
        rule: 'kafka-topic',
        what: `"${topic}" is not the name of a Kafka topic`,
        value: topic,
        allowed: '1 to 249 letters, digits, dots, hyphens and underscores',
        fix: "The name alone: KafkaRule.produce('orders')",
      });
    }
    this._match = { protocol: 'kafka', topic, role };
  }
}
