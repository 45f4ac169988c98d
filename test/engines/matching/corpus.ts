import type { HttpRequest } from '../../../lib/model/request-match';

/** Requests as clients send them, and names as pods ask for them: what engines and our comparison both decide about. */

/** `POST /v1/models?limit=1 api.example.com x-team`: the method, the target, the authority, the names of headers. */
function line(text: string): HttpRequest {
  const [method, path, host = 'vllm:8000', headers = ''] = text.split(' ');
  return { method, path, host, headers: headers === '' ? [] : headers.split(',') };
}

const PLAIN = `
/
/v1
/v1/
/v10
/v1/models
/v1/models/
/v1/models/llama
/v1/models/llama/
/v1/models/llama/versions
/v1/models/llama-3.1-8b
/v1/models/llama_3~1
/v1/models/meta:llama
/v1/models/@me
/v1/models/*
/v1/models/**
/v1/models-old
/v1/modelsX
/v1/model
/v1/*
/v1/MODELS
/V1/models
/v1/chat
/v1/chat/completions
/v1/chat/completions/
/v1/chat/completions/1
/v1/chat/completionsX
/v1/chatXcompletions
/v1/text/completions
/v1//completions
/v1/a/b/completions
/v1/completions
/v1.0/models
/v1x0/models
/v1.0/models/llama
/v1./models
/v1.0.1/models
/v1/a*b
/v1/ab
/v1/aab
/v1/aXb
/v1/a**b
/v1/f(x)
/v1/fx
/v1/f(xx)
/v1/a+b
/v1/a+b/c
/v1/aab/c
/v1/a$b
/v1/a$
/v1/$batch
/v1/batch
/v1/[ab]
/v1/a
/v1/b
/v1/~user
/v1/user
/v1/a,b=c&d
/v1/a!b'c
/v1/predict:stream
/v1/files/1/content
/v1/files//content
/v1/files/1/2/content
/v1/files/1/content/2
/v1/files/*/content
/v1/files/a.b/content
/v1/files/content
/.well-known
/.well-known/openid-configuration
/.well-knownX
/.hidden
/well-known
/...
/v1/...
/v1/a..
/v1/..a
/inference.GRPCInferenceService/ModelInfer
/inference.GRPCInferenceService/ModelReady
/inferenceXGRPCInferenceService/ModelInfer
/inference.GRPCInferenceService
/inference.GRPCInferenceService/ModelInfer/x
/health
/metrics
/favicon.ico
/-/ready
/_search
/a-b_c~d.e
/0
/1/2/3/4/5/6/7/8/9
`;

const WITH_QUERIES = `
/?
/?a=b
/v1/models?
/v1/models?limit=10
/v1/models?limit=10&after=/v1/chat
/v1/models?a?b
/v1/models?a=%2F..%2F
/v1/models?../../admin
/v1/models/?limit=10
/v1/models/llama?x=/
/v1/models//?x
/v1/modelsX?/v1/models
/v1?/models
/v1/chat/completions?stream=true
/v1/chat?/completions
/v1/files/?/content
/v1/files/1/content?download
/.well-known?x
/v1.0/models?v=1.0
/v1/a*b?*
/v1/f(x)?(y)
/admin?/../v1/models
`;

const ENCODED = `
/v1/a%20b
/v1/a%20b/c
/v1/a+b%20c
/v1/%C3%A9
/v1/%c3%a9
/v1/é
/v1/модели
/v1/モデル
/v1/😀
/v1/%F0%9F%98%80
/v1/%FF
/v1/a%2Fb
/v1/a%2fb
/v1/a/b
/v1%2Fmodels
/v1/models%2F
/v1/models%2Fllama
/v1/models%2F..%2F..%2Fadmin
/v1/models%252F..
/v1/models/%2e%2e/chat
/v1/models/%2E/llama
/v1/models%5Cllama
/v1/models%5c..%5cchat
/v1/%6Dodels
/v1/%6D%6F%64%65%6C%73
/%76%31/models
/v1/model%73?limit=1
/v1%2E0/models
/v1/a%2Ab
/v1/f%28x%29
/v1/a%2Bb
/v1/a%24b
/v1/%7Euser
/v1/%2525
/v1/%41%2D%5F
/v1/models%3Flimit=1
/v1/models%23top
/v1/models%00
/v1/models%0A
/v1/models%
/v1/models%2
/v1/%zz
/v1/a%zzb
/v1/100%
/v1/models%20
`;

const DOTS_AND_SLASHES = `
/.
/..
/./v1/models
/../v1/models
/v1/./models
/v1/../v1/models
/v1/../admin
/v1/models/.
/v1/models/..
/v1/models/../chat/completions
/v1/models/../../admin
/v1/models/./llama
/v1/files/../files/1/content
/v1/files/1/../content
/v1/files/./content
//
///
//v1/models
/v1//models
/v1///models
/v1/models//
/v1/models//llama
/v1/files/1//content
/v1//../models
/v1/a//../b
/.well-known//openid-configuration
//v1//models//llama//
`;

const ODD = `
/v1/models#top
/v1/models;v=1
/v1/models;v=1/llama
/v1/..;/models
/v1/models\\llama
/v1\\models
/v1/a|b
/v1/a^b
/v1/{id}
/v1/"a"
/v1/<a>
/v1/\`a\`
*
http://vllm/v1/models
v1/models
`;

const LONG = [
  `/v1/models/${'a'.repeat(2000)}`,
  `/v1/${'a/'.repeat(500)}completions`,
  `/v1/models?${'q=1&'.repeat(500)}`,
  `/${'v1/../'.repeat(200)}v1/models`,
  `${'/'.repeat(300)}v1/models`,
];

const OTHERWISE = `
GET /v1/models
HEAD /v1/models
DELETE /v1/models
OPTIONS /v1/models
PROPFIND /v1/models
get /v1/models
GET /v1/chat/completions
PUT /v1/chat/completions
GET /
GET /.well-known/openid-configuration
GET /v1/models api.example.com
GET /v1/models api.example.com:8443
POST /v1/models api.example.com
POST /v1/models api.example.com:8443
POST /v1/models apiXexample.com
POST /v1/models api.example.com.evil.com
POST /v1/models evil.api.example.com
POST /v1/models api.example.com:
POST /v1/models api.example.com:http
POST /v1/models API.example.com
POST /v1/models api.example.com. 
POST /v1/models 10.0.0.1:8000
POST /v1/models [2001:db8::1]:8000
POST /v1/models?limit=1 api.example.com x-team
POST /mcp vllm:8000 mcp-method=tools/call,mcp-name=search
POST /mcp vllm:8000 mcp-method=tools/call,mcp-name=delete
POST /mcp vllm:8000 mcp-method=tools/list
POST /v1/models api.example.com x-team,authorization
POST /v1/models vllm:8000 x-team
POST /v1/models vllm:8000 x-teams
POST /v1/models vllm:8000 authorization
POST /v1/models/llama vllm:8000 authorization,x-team
GET /v1/models vllm:8000 x-team
GET /v1/models api.example.com x-team
POST /v1/../v1/models api.example.com x-team
POST /v1/models%2F api.example.com x-team
POST /admin api.example.com x-team
POST / api.example.com x-team
`;

const linesOf = (text: string) => text.split('\n').filter((it) => it !== '');

export const REQUESTS: readonly HttpRequest[] = [
  ...[...[PLAIN, WITH_QUERIES, ENCODED, DOTS_AND_SLASHES, ODD].flatMap(linesOf), ...LONG].map((path) => `POST ${path}`),
  ...linesOf(OTHERWISE),
].map(line);

/** Letters, digits, hyphens and underscores in labels: what names of hosts and of services are made of. */
const ORDINARY_NAMES = `
com
example
example.com
example.com.
EXAMPLE.com
api.example.com
API.Example.COM
api.example.com.
API.EXAMPLE.COM.
apiexample.com
api-example.com
api.examplecom
api.exampleXcom
api.example.co
api.example.com.au
api.example.com.evil.org
api.example.community
xapi.example.com
api.xexample.com
a.example.com
b.example.com
www.example.com
a.b.example.com
a.b.c.example.com
a.b.c.d.e.f.g.example.com
api.api.example.com
example.com.example.com
badexample.com
example.example.com
com.example.com
-.example.com
_dmarc.example.com
_http._tcp.example.com
a_b.example.com
a-b.example.com
a--b.example.com
xn--bcher-kva.example.com
1.example.com
0.0.example.com
s3.example.com
bucket.s3.example.com
my.bucket.s3.example.com
BUCKET.s3.example.com
bucket-s3.example.com
buckets3.example.com
s3.bucket.example.com
bucket.s3.example.com.
bucket.s3.eu-west-1.example.com
s3.example.org
bucket.s3.example.org
org
example.org
EXAMPLE.ORG
www.example.org
a.b.example.org
notexample.org
example.org.uk
huggingface.co
cdn-lfs.huggingface.co
cdn-lfs-us-1.hf.co
hf.co
a.hf.co
a.b.hf.co
hf.com
a-hf.co
ahf.co
xethub.hf.co
cas-bridge.xethub.hf.co
transfer.xethub.hf.co
a.b.xethub.hf.co
xethubXhf.co
models-1.example.net
models-2.example.net
models.example.net
models-1.eu.example.net
models-1-example.net
models-10.example.net
1.models-1.example.net
example.net
net
local
localhost
svc
vllm
vllm.models
vllm.models.svc
vllm.models.svc.cluster.local
api.example.com.models.svc.cluster.local
host.docker.internal
169.254.169.254
169-254-169-254.example.com
metadata.google.internal
`;

/** What DNS carries, and names of hosts never have. */
const OTHER_NAMES = [
  'bücher.example.com',
  'a b.example.com',
  '*.example.com',
  '**.example.com',
  'a!b.example.com',
  '😀.hf.co',
];

const LONG_NAMES = [
  `${'a'.repeat(63)}.example.com`,
  `${'a.'.repeat(115)}example.com`,
  `${'b'.repeat(60)}.${'c'.repeat(60)}.s3.example.com`,
];

export const NAMES: readonly string[] = [...linesOf(ORDINARY_NAMES), ...LONG_NAMES, ...OTHER_NAMES];
