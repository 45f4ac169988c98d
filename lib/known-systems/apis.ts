import type { KnownApi, KnownApiUse } from './known-api';
import { LOOKED_AT } from './table';

export type { KnownApi, KnownApiUse } from './known-api';

/** Every API outside the cluster that is known, by id. All are TLS on 443. */
export const KNOWN_APIS: readonly KnownApi[] = [
  api('anthropic', 'Anthropic', [use('requests', 'requests to its models', 'api.anthropic.com')], {
    source: 'anthropic 2.14.0',
    versions: '2.14',
  }),
  api(
    'azure-blob',
    'Azure Blob Storage',
    [
      use('objects', 'objects are read and written', '{account}.blob.core.windows.net'),
      use('data-lake', 'the same as a file system', '{account}.dfs.core.windows.net'),
    ],
    { source: 'azure-docs 0095ac36, articles/private-link/private-endpoint-dns.md', versions: 'of that commit' },
  ),
  api(
    'azure-openai',
    'Azure OpenAI and Foundry',
    [
      use('requests', 'requests to models of Azure OpenAI', '{resource}.openai.azure.com'),
      use('foundry', 'requests to a Foundry account', '{resource}.cognitiveservices.azure.com'),
    ],
    {
      source:
        'microsoft/aspire pull request 15945 (the zones of both); azure-docs 0095ac36, articles/private-link/private-endpoint-dns.md (cognitiveservices)',
      versions: 'of April 2026',
      unknown: ['services.ai.azure.com, of which no page of the vendor was read'],
    },
  ),
  api(
    'bedrock',
    'Amazon Bedrock',
    [
      use('requests', 'requests to its models', 'bedrock-runtime.{region}.amazonaws.com'),
      use('requests-fips', 'the same with FIPS', 'bedrock-runtime-fips.{region}.amazonaws.com'),
      use('agents', 'requests to its agents', 'bedrock-agent-runtime.{region}.amazonaws.com'),
      use('sign-in', 'credentials of the service account', 'sts.{region}.amazonaws.com'),
    ],
    { source: 'botocore 1.44.8, endpoint rules', versions: '1.44' },
  ),
  api('cohere', 'Cohere', [use('requests', 'requests to its models', 'api.cohere.com')], {
    source: 'cohere 7.3.1',
    versions: '7.3',
  }),
  api('gcs', 'Google Cloud Storage', [use('objects', 'objects are read and written', 'storage.googleapis.com')], {
    source: 'google-cloud-storage 3.17.1',
    versions: '3.17',
    traps: ['Buckets of everybody have the same host, so that no rule about names keeps them apart.'],
  }),
  api('gemini', 'Gemini API', [use('requests', 'requests to its models', 'generativelanguage.googleapis.com')], {
    source: 'google-genai 3.6.1',
    versions: '3.6',
  }),
  api(
    'github',
    'GitHub',
    [
      use('repositories', 'repositories are cloned', 'github.com', 'codeload.github.com'),
      use('api', 'requests to its API', 'api.github.com'),
    ],
    {
      source: 'github/docs 02ac71cd, self-hosted runners',
      versions: 'of that commit',
      traps: ['Repositories of everybody have the same host, so that data can leave by a push.'],
      unknown: ['which names under githubusercontent.com releases and raw files take'],
    },
  ),
  api('groq', 'Groq', [use('requests', 'requests to its models', 'api.groq.com')], {
    source: 'groq 1.7.0',
    versions: '1.7',
  }),
  api(
    'hugging-face',
    'Hugging Face',
    [
      use('hub', 'the Hub is asked what there is', 'huggingface.co'),
      use(
        'download',
        'weights and data sets come from its CDN and from Xet',
        'cas-server.xethub.hf.co',
        'cas-server.xethub-eu.hf.co',
        'transfer.xethub.hf.co',
        'transfer.xethub-eu.hf.co',
        'us.aws.cdn.hf.co',
        'us.gcp.cdn.hf.co',
        'cdn-lfs-us-1.hf.co',
        'cdn-lfs-eu-1.hf.co',
      ),
      use('inference', 'requests to models of its providers', 'router.huggingface.co'),
    ],
    {
      source: 'hub-docs 242f4a1e, docs/hub/models-downloading.md; huggingface_hub 2.4.0',
      versions: '2.4',
      traps: [
        '*.hf.co with one label misses hosts of the CDN and of Xet.',
        'Telemetry goes to the host of the Hub (HF_HUB_DISABLE_TELEMETRY=1), so that no rule about names closes it alone.',
      ],
    },
  ),
  api('mistral', 'Mistral', [use('requests', 'requests to its models', 'api.mistral.ai')], {
    source: 'mistralai 3.7.0',
    versions: '3.7',
  }),
  api(
    'ngc',
    'NVIDIA NGC',
    [
      use('models', 'models are pulled', 'api.ngc.nvidia.com'),
      use('images', 'images are pulled from within a pod', 'nvcr.io'),
    ],
    {
      source: 'docs.nvidia.com, NGC developer guide and NGC access setup',
      versions: 'of November 2026',
      unknown: ['the hosts of files and of sign-in, in its own words'],
      traps: ['Images of pods are pulled by the node, which policies about pods do not touch.'],
    },
  ),
  api('ollama-registry', 'The registry of Ollama', [use('models', 'models are pulled', 'registry.ollama.ai')], {
    source: 'ollama fb3076099, types/model/name.go',
    versions: 'of August 2026',
    unknown: ['which hosts it refers to for the files of models'],
  }),
  api(
    'openai',
    'OpenAI',
    [
      use('requests', 'requests to its models', 'api.openai.com'),
      use('residency', 'requests that stay in a region (us, eu, in, jp, au, ae)', '{region}.api.openai.com'),
    ],
    { source: 'openai 3.57.0, _data_residency.py', versions: '3.57' },
  ),
  api(
    's3',
    'Amazon S3',
    [
      use('objects', 'objects are read and written', '{bucket}.s3.{region}.amazonaws.com', 's3.{region}.amazonaws.com'),
      use(
        'objects-dual-stack',
        'the same with IPv6',
        '{bucket}.s3.dualstack.{region}.amazonaws.com',
        's3.dualstack.{region}.amazonaws.com',
      ),
      use('sign-in', 'credentials of the service account', 'sts.{region}.amazonaws.com'),
    ],
    {
      source: 'botocore 1.44.8, endpoint rules',
      versions: '1.44',
      traps: [
        's3.{region}.amazonaws.com reaches buckets of everybody: leave it out where clients name the bucket in the host.',
      ],
    },
  ),
  api('tavily', 'Tavily', [use('requests', 'searches', 'api.tavily.com')], {
    source: 'tavily-python 0.8.5',
    versions: '0.8',
  }),
  api('together', 'Together', [use('requests', 'requests to its models', 'api.together.ai')], {
    source: 'together 3.1.1',
    versions: '3.1',
  }),
  api(
    'vertex',
    'Vertex AI',
    [
      use('requests', 'requests to models of one location', '{location}-aiplatform.googleapis.com'),
      use('requests-global', 'requests to models wherever they are', 'aiplatform.googleapis.com'),
      use('requests-multi-region', 'requests that stay in us or eu', 'aiplatform.{location}.rep.googleapis.com'),
      use(
        'sign-in',
        'credentials of the service account',
        'oauth2.googleapis.com',
        'sts.googleapis.com',
        'iamcredentials.googleapis.com',
      ),
    ],
    { source: 'google-genai 3.6.1; google-auth 2.63.0', versions: '3.6' },
  ),
];

function api(
  id: string,
  title: string,
  uses: readonly KnownApiUse[],
  more: Pick<KnownApi, 'source' | 'versions' | 'traps' | 'unknown'>,
): KnownApi {
  return { id, title, uses, lookedAt: LOOKED_AT, ...more };
}

function use(name: string, because: string, ...hosts: readonly string[]): KnownApiUse {
  return { name, because, hosts };
}

/**
 * The hosts of one use with what the user gives in the place of the braces: `{region}` by `eu-central-1`. Hosts whose braces
 * nobody filled are `missing`.
 */
export function apiHosts(
  { hosts }: KnownApiUse,
  given: Readonly<Record<string, string>> = {},
): { readonly hosts: readonly string[]; readonly missing: readonly string[] } {
  const filled = hosts.map((host) =>
    host.replace(/\{(\w+)\}/g, (braces, key) => (Object.hasOwn(given, key) ? given[key] : braces)),
  );
  const isFilled = (host: string) => !host.includes('{');
  return { hosts: filled.filter(isFilled), missing: filled.filter((host) => !isFilled(host)) };
}
