import { text } from '../model/checked';
import { Endpoint, type IPeer } from '../values/peer';
import { endOfWords, notAnEnd } from './end-of-words';

/**
 * One end of a connection that a question is about, in words, for what no construct stands for. Tiers, `Pods`, `Cidr`,
 * `Hostname` and whatever else stands at the end of a flow are ends by themselves.
 *
 * @example
 * PolicyQuestions.ofFolder('dist').denies(QuestionEnd.stranger('default/app=envoy'), QuestionEnd.of('ai-inference/app=vllm'), Port.tcp(8000));
 */
export class QuestionEnd implements IPeer {
  /**
   * Pods by their labels, an address, or the name of a host. Pods that the manifests do not know are refused when they are
   * asked about, since a misspelt label would be kept out of everything.
   *
   * @param words `namespace/label=value,label=value`, `namespace/*` for any pod, `192.0.2.7`, or `huggingface.co`, which is only ever a destination.
   * @throws for words that are none of these.
   */
  public static of(words: string): QuestionEnd {
    return new QuestionEnd(endOfWords(text(words, 'words')), words);
  }

  /**
   * A pod that no manifest mentions: an intruder, or a pod that may come later.
   *
   * @param pod `namespace/label=value,label=value`.
   * @throws for words that are no pod.
   */
  public static stranger(pod: string): QuestionEnd {
    const spec = endOfWords(text(pod, 'pod'));
    if (spec.kind !== 'pods') throw notAnEnd(pod);
    return new QuestionEnd(spec, { stranger: pod });
  }

  /** @internal */
  public static _is(value: unknown): value is QuestionEnd {
    return typeof value === 'object' && value !== null && #words in value;
  }

  readonly #endpoint: Endpoint;
  readonly #words: string | { readonly stranger: string };

  private constructor(spec: unknown, words: unknown) {
    this.#endpoint = Endpoint._of(spec as ReturnType<typeof endOfWords>);
    this.#words = words as string | { readonly stranger: string };
  }

  /** The pods or addresses that the words say. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }

  /** @internal */
  public get _words(): string | { readonly stranger: string } {
    return this.#words;
  }
}
