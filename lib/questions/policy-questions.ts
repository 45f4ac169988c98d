import type { IConstruct } from 'constructs';
import { givenConstruct } from '../graph/given-construct';
import { optional, properties, type Shape, text } from '../model/checked';
import { aCluster, type Cluster } from '../values/cluster';
import type { GrpcRule } from '../values/grpc-rule';
import type { HttpRule } from '../values/http-rule';
import type { KafkaRule } from '../values/kafka-rule';
import type { IPeer } from '../values/peer';
import { aPort, type Port } from '../values/port';
import type * as Asked from './asked';
import type { PolicyAnswer } from './policy-answer';
import type { PolicyReach } from './policy-reach';

/** Requests that a question is about: each of them. */
export interface QuestionRequests {
  /**
   * HTTP requests: every one that a rule has, `HttpRule.post('/v1/chat/completions')`.
   *
   * @default - none
   */
  readonly http?: HttpRule[];
  /**
   * gRPC calls.
   *
   * @default - none
   */
  readonly grpc?: GrpcRule[];
  /**
   * Kafka topics.
   *
   * @default - none
   */
  readonly kafka?: KafkaRule[];
}

/** Which paths `keepsApart` takes for none. */
export interface KeepsApartOptions {
  /**
   * Whether name servers are taken to answer and to relay nothing: a path does not go on from them. They do forward names
   * to the internet, through which data can leave slowly, so this says less.
   *
   * @default false
   */
  readonly ignoringDns?: boolean;
  /**
   * Ends that a path may lead through, so that there is no other way from the one to the other. It does not say that there
   * is a way through them; `allows` does.
   *
   * @default - none
   */
  readonly through?: IPeer[];
}

/** What is known of manifests beside what they say. */
export interface FolderOptions {
  /**
   * The namespace in which manifests are applied that say none, as `helm template` writes them.
   *
   * @default - `default`
   */
  readonly defaultNamespace?: string;
  /**
   * The cluster that they are for: its engine and its ranges.
   *
   * @default - the engine that the kinds of the policies say, and nothing known of addresses
   */
  readonly cluster?: Cluster;
}

/**
 * What the policies of an app or a folder allow, asked in a test: the counterpart of the jest matchers for every language.
 * What is asked about is read once, when the questions are made.
 *
 * Ends are whatever can stand at the end of a flow (a tier, a `ZeroTrustNamespace`, `Pods`, `Cidr`, `Internet`, `Hostname`,
 * …), or a `QuestionEnd`. Pods are the workloads of the manifests; of an end that is many pods or addresses, the answer is
 * about each of them.
 *
 * @example
 * const questions = PolicyQuestions.of(app);
 * questions.allows(gateway, vllm, Port.tcp(8000)).assertHolds();
 * questions.denies(QuestionEnd.stranger('default/app=envoy'), vllm, Port.tcp(8000)).assertHolds();
 * questions.keepsApart(storage, Internet.any()).assertHolds();
 */
export class PolicyQuestions {
  /**
   * About what an app or a chart renders.
   *
   * @param scope the app, a chart for its objects alone, or any other construct for the app that it is in.
   * @throws for declarations that are refused, and policies that cannot be read.
   */
  public static of(scope: IConstruct): PolicyQuestions {
    return new PolicyQuestions(asked().readScope(givenConstruct(scope, 'scope')));
  }

  /**
   * About manifests, whatever wrote them.
   *
   * @param folder path of a folder or file of YAML.
   * @param options what is known beside it.
   * @throws where there is no such folder, and for policies that cannot be read.
   */
  public static ofFolder(folder: string, options?: FolderOptions): PolicyQuestions {
    const { defaultNamespace, cluster } =
      options === undefined ? {} : properties(options, FOLDER, 'the options of PolicyQuestions.ofFolder');
    return new PolicyQuestions(asked().readFolder(text(folder, 'folder'), defaultNamespace, cluster?._facts));
  }

  readonly #read: Asked.ReadSubject;

  private constructor(read: unknown) {
    this.#read = read as Asked.ReadSubject;
  }

  /**
   * Whether every pod of `source` surely reaches every pod of `destination` on every one of these ports.
   *
   * @param source who opens the connection.
   * @param destination who is connected to.
   * @param port one port or a range.
   * @param requests which requests; all traffic on the port where they are left out.
   * @throws for an end that nothing in the manifests is, and a port that no container has by that name: the answer would say nothing.
   */
  public allows(source: IPeer, destination: IPeer, port: Port, requests?: QuestionRequests): PolicyAnswer {
    return asked().stated('allowed', this.#read, source, destination, aPort(port, 'port')._ports, requests);
  }

  /**
   * Whether no pod of `source` can reach any pod of `destination` on any of these ports. Of a host, it asks about an address to which
   * no other name leads: engines allow names by their addresses.
   *
   * @param source who opens the connection.
   * @param destination who is connected to.
   * @param port one port or a range.
   * @param requests which requests; all traffic on the port where they are left out.
   * @throws for an end that nothing in the manifests is, and a port that no container has by that name: the answer would say nothing.
   */
  public denies(source: IPeer, destination: IPeer, port: Port, requests?: QuestionRequests): PolicyAnswer {
    return asked().stated('denied', this.#read, source, destination, aPort(port, 'port')._ports, requests);
  }

  /**
   * Why one end reaches the other or does not: each layer of policies at both ends, the rule that decides, and what is
   * missing where none does. The verdict is that of `allows`.
   *
   * @param source who opens the connection.
   * @param destination who is connected to.
   * @param port one port or a range; not given, whatever passes.
   * @param requests which requests; all traffic on the port where they are left out.
   * @throws for an end that nothing in the manifests is, and a port that no container has by that name: the answer would say nothing.
   */
  public explain(source: IPeer, destination: IPeer, port?: Port, requests?: QuestionRequests): PolicyAnswer {
    const set = port === undefined ? undefined : aPort(port, 'port')._ports;
    return asked().explained(this.#read, source, destination, set, requests);
  }

  /**
   * How far an intruder gets who has taken over these pods: every workload that is reached is taken to be taken over as
   * well, and to open whatever it may.
   *
   * @param source pods: a tier, `Pods` or a `QuestionEnd`.
   * @throws for an end that is no pods, or that nothing in the manifests is.
   */
  public reach(source: IPeer): PolicyReach {
    return asked().reached(this.#read, source);
  }

  /**
   * Whether there is no path of any length from one end to the other: through gateways, agents and DNS alike. What resolves
   * names is not apart from the internet, unless `ignoringDns` takes name servers to answer alone.
   *
   * @param source where a path begins.
   * @param destination where it ends.
   * @param options which paths are taken for none; none are where they are left out.
   * @throws for what is no end.
   */
  public keepsApart(source: IPeer, destination: IPeer, options?: KeepsApartOptions): PolicyAnswer {
    return asked().keptApart(this.#read, source, destination, options);
  }
}

const FOLDER: Shape<FolderOptions> = { defaultNamespace: optional(text), cluster: optional(aCluster) };

/** Loaded when something is asked: importing the package is paid by every process that names it. */
function asked(): typeof Asked {
  return require('./asked');
}
