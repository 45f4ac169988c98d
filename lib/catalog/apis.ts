import { anything, flag, optional, properties, type Shape } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import { Endpoint, type IPeer } from '../values/peer';
import type {
  AzureBlobOptions,
  AzureOpenAiOptions,
  BedrockOptions,
  GithubOptions,
  HuggingFaceOptions,
  NgcOptions,
  OpenAiOptions,
  S3Options,
  VertexOptions,
} from './apis-options';
import { type Called, hostsOf, inHost, nothingCalled } from './hosts-of-api';

/**
 * APIs and hubs outside the cluster, by the names of their hosts on TCP 443; only ever a destination. One `allowTo` comes to
 * a flow for each host, with the same reason. Ports that are given take the place of 443. What holds for `Hostname` holds
 * here: engines without names of hosts refuse it, and other names at the same addresses pass as well.
 *
 * @example
 * agent.connections.allowTo(Apis.openAi(), { because: 'the planner asks the hosted model' });
 */
export class Apis implements IPeer {
  /** Models of Anthropic. */
  public static anthropic(): Apis {
    return requestsOf('anthropic');
  }

  /**
   * Blobs of one storage account of Azure.
   *
   * @param options which account.
   * @throws for an account that cannot be part of a host.
   */
  public static azureBlob(options: AzureBlobOptions): Apis {
    const { account, dataLake } = properties(options, AZURE_BLOB, 'the options of Apis.azureBlob');
    return new Apis('azure-blob', {
      uses: ['objects', ...only(dataLake, 'data-lake')],
      given: { account: inHost(account, 'account', 'models') },
    });
  }

  /**
   * Models of one resource of Azure OpenAI.
   *
   * @param options which resource.
   * @throws for a resource that cannot be part of a host.
   */
  public static azureOpenAi(options: AzureOpenAiOptions): Apis {
    const { resource, foundry } = properties(options, AZURE_OPEN_AI, 'the options of Apis.azureOpenAi');
    return new Apis('azure-openai', {
      uses: ['requests', ...only(foundry, 'foundry')],
      given: { resource: inHost(resource, 'resource', 'contoso') },
    });
  }

  /**
   * Models of Amazon Bedrock in one region.
   *
   * @param options the region, and what else is called.
   * @throws for a region that cannot be part of a host.
   */
  public static bedrock(options: BedrockOptions): Apis {
    const { region, fips, agents, signIn } = properties(options, BEDROCK, 'the options of Apis.bedrock');
    return new Apis('bedrock', {
      uses: [fips ? 'requests-fips' : 'requests', ...only(agents, 'agents'), ...only(signIn, 'sign-in')],
      given: { region: inHost(region, 'region', 'eu-central-1') },
    });
  }

  /** Models of Cohere. */
  public static cohere(): Apis {
    return requestsOf('cohere');
  }

  /** Objects in Google Cloud Storage, of whichever bucket: the host is the same for all of them. */
  public static gcs(): Apis {
    return new Apis('gcs', { uses: ['objects'] });
  }

  /** Models of the Gemini API. */
  public static gemini(): Apis {
    return requestsOf('gemini');
  }

  /**
   * Repositories on GitHub, of whichever owner: the host is the same for all of them.
   *
   * @param options what is called.
   * @throws where nothing is.
   */
  public static github(options: GithubOptions = {}): Apis {
    const { repositories = true, restApi } = properties(options, GITHUB, 'the options of Apis.github');
    const uses = [...only(repositories, 'repositories'), ...only(restApi, 'api')];
    if (uses.length === 0)
      throw nothingCalled('GitHub', 'Say what is: Apis.github({ repositories: false, restApi: true })');
    return new Apis('github', { uses });
  }

  /** Models of Groq. */
  public static groq(): Apis {
    return requestsOf('groq');
  }

  /**
   * The Hub of Hugging Face, which says what there is.
   *
   * @param options what is called beside it: `download` for weights.
   * @throws for an option that is not true or false.
   */
  public static huggingFace(options: HuggingFaceOptions = {}): Apis {
    const { download, inference } = properties(options, HUGGING_FACE, 'the options of Apis.huggingFace');
    return new Apis('hugging-face', { uses: ['hub', ...only(download, 'download'), ...only(inference, 'inference')] });
  }

  /** Models of Mistral. */
  public static mistral(): Apis {
    return requestsOf('mistral');
  }

  /**
   * Models of NVIDIA NGC.
   *
   * @param options what is called beside them.
   * @throws for an option that is not true or false.
   */
  public static ngc(options: NgcOptions = {}): Apis {
    const { images } = properties(options, NGC, 'the options of Apis.ngc');
    return new Apis('ngc', { uses: ['models', ...only(images, 'images')], surprises: images === true });
  }

  /** The registry of Ollama. */
  public static ollamaRegistry(): Apis {
    return new Apis('ollama-registry', { uses: ['models'] });
  }

  /**
   * Models of OpenAI.
   *
   * @param options where requests stay, which has hosts of its own.
   * @throws for a region that is none of OpenAI's.
   */
  public static openAi(options: OpenAiOptions = {}): Apis {
    const { region } = properties(options, OPEN_AI, 'the options of Apis.openAi');
    if (region === undefined) return requestsOf('openai');
    if (typeof region !== 'string' || !RESIDENCIES.includes(region)) throw noResidency(region);
    return new Apis('openai', { uses: ['residency'], given: { region } });
  }

  /**
   * Objects in Amazon S3.
   *
   * @param options the region, and the bucket where clients name it in the host.
   * @throws for a region or bucket that cannot be part of a host, and where neither a bucket nor `pathStyle` is given.
   */
  public static s3(options: S3Options): Apis {
    const { region, bucket, pathStyle, dualStack, signIn } = properties(options, S3, 'the options of Apis.s3');
    if (bucket === undefined && !pathStyle) {
      throw nothingCalled(
        'Amazon S3',
        "Name the bucket: Apis.s3({ region: 'eu-central-1', bucket: 'weights' }), or set pathStyle: true.",
      );
    }
    return new Apis('s3', {
      uses: ['objects', ...only(dualStack, 'objects-dual-stack'), ...only(signIn, 'sign-in')],
      given: {
        region: inHost(region, 'region', 'eu-central-1'),
        ...(bucket !== undefined && { bucket: inHost(bucket, 'bucket', 'weights', true) }),
      },
      keeps: (host: string) =>
        host.startsWith('{bucket}') ? bucket !== undefined : pathStyle || !host.startsWith('s3.'),
      surprises: pathStyle === true,
    });
  }

  /** Searches of Tavily. */
  public static tavily(): Apis {
    return requestsOf('tavily');
  }

  /** Models of Together. */
  public static together(): Apis {
    return requestsOf('together');
  }

  /**
   * Models of Vertex AI.
   *
   * @param options which location.
   * @throws for a location that cannot be part of a host.
   */
  public static vertex(options: VertexOptions): Apis {
    const { location: given, signIn } = properties(options, VERTEX, 'the options of Apis.vertex');
    const location = inHost(given, 'location', 'europe-west4');
    const use =
      location === 'global' ? 'requests-global' : /^(us|eu)$/.test(location) ? 'requests-multi-region' : 'requests';
    return new Apis('vertex', { uses: [use, ...only(signIn, 'sign-in')], given: { location } });
  }

  /** @internal */
  public static _of(id: string, called: Called): Apis {
    return new Apis(id, called);
  }

  readonly #endpoint: Endpoint;

  private constructor(id: string, called: unknown) {
    this.#endpoint = Endpoint._of(hostsOf(id, called as Called));
  }

  /** The hosts. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }
}

function requestsOf(id: string): Apis {
  return Apis._of(id, { uses: ['requests'] });
}

function only(isCalled: boolean | undefined, use: string): string[] {
  return isCalled === true ? [use] : [];
}

/** What was handed over: text is looked at where it becomes part of a host. */
type Given<T> = { readonly [Key in keyof T]: T[Key] extends boolean | undefined ? boolean | undefined : unknown };

const isOn = optional(flag);
const AZURE_BLOB: Shape<Given<AzureBlobOptions>> = { account: anything, dataLake: isOn };
const AZURE_OPEN_AI: Shape<Given<AzureOpenAiOptions>> = { resource: anything, foundry: isOn };
const BEDROCK: Shape<Given<BedrockOptions>> = { region: anything, fips: isOn, agents: isOn, signIn: isOn };
const GITHUB: Shape<Given<GithubOptions>> = { repositories: isOn, restApi: isOn };
const HUGGING_FACE: Shape<Given<HuggingFaceOptions>> = { download: isOn, inference: isOn };
const NGC: Shape<Given<NgcOptions>> = { images: isOn };
const OPEN_AI: Shape<Given<OpenAiOptions>> = { region: anything };
const S3: Shape<Given<S3Options>> = {
  region: anything,
  bucket: anything,
  pathStyle: isOn,
  dualStack: isOn,
  signIn: isOn,
};
const VERTEX: Shape<Given<VertexOptions>> = { location: anything, signIn: isOn };

/** openai 3.57.0, `_data_residency.py`. */
const RESIDENCIES = ['us', 'eu', 'in', 'jp', 'au', 'ae'];

function noResidency(region: unknown): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'api-host-part',
    what: `${JSON.stringify(region)} is no region in which requests to OpenAI stay`,
    value: String(region),
    allowed: RESIDENCIES.join(', '),
    fix: "Write Apis.openAi({ region: 'eu' }), or leave the region out for api.openai.com",
  });
}
