import type { Layout } from './sandbox';

/** What a command of a guide does among the files that guides have. */
export interface Expected {
  readonly code: number;
  readonly prints: RegExp;
  readonly writes?: readonly string[];
  readonly in?: Layout;
}

const DROPPED = /undeclared: passed, and nothing declares it/;

/** By the line as it stands in a guide; what comes through a pipe is what the program before it would print. */
export const RUN: Readonly<Record<string, Expected>> = {
  'npx cdk8s-zero-trust check example:guide': { code: 0, prints: /dns-over-udp-only/ },
  'npx cdk8s-zero-trust graph example:guide --format html --output guide.html': {
    code: 0,
    prints: /^$/,
    writes: ['guide.html'],
  },
  'npx cdk8s-zero-trust adopt today.yaml --output-dir app': {
    code: 0,
    prints: /3 namespaces, 4 tiers, .* flows; proved/,
    writes: ['app/platform.ts', 'app/package.json'],
  },
  'npx cdk8s-zero-trust check dist/': { code: 0, prints: /^No findings/ },
  'helm template charts/agents | npx cdk8s-zero-trust check -': { code: 0, prints: /^No findings/ },
  'npx cdk8s-zero-trust check dist/ --format sarif --output findings.sarif --format github': {
    code: 0,
    prints: /^$/,
    writes: ['findings.sarif'],
  },
  'npx cdk8s-zero-trust check dist/ --write-baseline': { code: 0, prints: /./, writes: ['zero-trust-baseline.json'] },
  'cdk8s-zero-trust comment git:origin/main:dist dist --output comment.md': {
    code: 0,
    prints: /^$/,
    writes: ['comment.md'],
  },
  'kustomize build overlays/prod | npx cdk8s-zero-trust check -': { code: 0, prints: /^No findings/ },
  'kubectl get deploy,sts,ds,pod,svc,ns,netpol -A -o yaml | kubectl zero-trust check -': {
    code: 0,
    prints: /^No findings/,
  },
  'cdk8s-zero-trust check dist --fail-on warning --format junit --output junit.xml --format text': {
    code: 0,
    prints: /^No findings/,
    writes: ['junit.xml'],
  },
  'cdk8s-zero-trust diff git:origin/main:dist dist --fail-on widened': { code: 0, prints: /^No path changed/ },
  'cdk8s-zero-trust prove dist --record dist/proof.json': { code: 0, prints: /Proved/, writes: ['dist/proof.json'] },
  'npx cdk8s-zero-trust list dist/': { code: 0, prints: /-> ai-data\/\* +TCP\/8080/ },
  'helm template . | npx cdk8s-zero-trust can models/vllm internet -f -': { code: 1, prints: /^no: models\/vllm/ },
  'npx cdk8s-zero-trust explain ai-agents/agent ai-data/weaviate TCP/8080 -f dist/': { code: 0, prints: /^yes: / },
  'npx cdk8s-zero-trust flows hubble.jsonl --graph dist/platform/graph.json': {
    code: 1,
    prints: DROPPED,
    in: 'several',
  },
  'hubble observe -t policy-verdict -o jsonpb -f | npx cdk8s-zero-trust flows - --graph graph.json --every 60': {
    code: 1,
    prints: DROPPED,
  },
  'npx cdk8s-zero-trust flows last-week.jsonl.gz -f dist/platform --fail-on would-be-dropped': {
    code: 1,
    prints: /would be dropped/,
    in: 'several',
  },
  'npx cdk8s-zero-trust list --live --focus ai-data/store': { code: 0, prints: /-> ai-data\/Deployment\/store/ },
  'npx cdk8s-zero-trust flows last-week.jsonl -f dist': { code: 1, prints: DROPPED },
  'npx cdk8s-zero-trust explain ai-agents/agent ai-data/weaviate 8080 -f examples/guide': { code: 1, prints: /^no: / },
  'npx cdk8s-zero-trust drift dist': { code: 0, prints: /^No findings/ },
  'npx cdk8s-zero-trust flows LOG --graph dist/graph.json': { code: 1, prints: DROPPED },
  'npx cdk8s-zero-trust cluster verify dist': { code: 0, prints: /^yes/m },
  'npx cdk8s-zero-trust reach ai-agents/agent --to internet -f examples/guide': { code: 0, prints: /no path/ },
  'npx cdk8s-zero-trust diff git:main:dist dist': { code: 0, prints: /^No path changed/ },
  'npx cdk8s-zero-trust prove dist': { code: 0, prints: /Proved/ },
  'npx cdk8s-zero-trust comment git:origin/main:dist dist --output comment.md': {
    code: 0,
    prints: /^$/,
    writes: ['comment.md'],
  },
  'npx cdk8s-zero-trust list --live': { code: 0, prints: /-> models\/Deployment\/vllm/ },
  'npx cdk8s-zero-trust explain ai-agents/agent ai-data/weaviate 8080 --live --context staging': {
    code: 0,
    prints: /^yes: /,
  },
  'npx cdk8s-zero-trust prove --live --graph dist/platform/graph.json': {
    code: 0,
    prints: /^the live cluster: Proved/,
    in: 'several',
  },
  'npx cdk8s-zero-trust diff dist/platform live:': { code: 1, prints: /2 new workloads/, in: 'several' },
  'npx cdk8s-zero-trust drift dist/platform': { code: 0, prints: /^No findings/, in: 'several' },
  'npx cdk8s-zero-trust cluster facts --format typescript': { code: 0, prints: /export const cluster = Cluster\./ },
  'npx cdk8s-zero-trust cluster verify dist/platform': { code: 0, prints: /^yes/m, in: 'several' },
  'npx cdk8s-zero-trust probe dist --dry-run': {
    code: 0,
    prints: /creates, and deletes when it is over/,
    in: 'probes',
  },
  'npx cdk8s-zero-trust probe dist --context staging': { code: 0, prints: /0 broken, 0 untested/, in: 'probes' },
  'cdk8s-zero-trust prove dist': { code: 0, prints: /Proved/ },
  'cdk8s-zero-trust prove manifests/ --graph kept/graph.json': { code: 0, prints: /Proved/ },
  'cdk8s-zero-trust prove dist/platform --record dist/platform/proof.json': {
    code: 0,
    prints: /Proved/,
    writes: ['dist/platform/proof.json'],
    in: 'several',
  },
  'cdk8s-zero-trust prove --verify dist/platform/proof.json': { code: 0, prints: /Verified/, in: 'several' },
  'npx cdk8s-zero-trust init app --engine cilium@1.20 --platform eks --with envoy-gateway,vllm,weaviate': {
    code: 0,
    prints: /Written to app: 3 systems/,
    writes: ['app/platform.ts'],
  },
};

const OF_THE_START = 'test/package/run.mjs installs, tests and renders what init and adopt write';
const IN_PYTHON = 'test/languages/run.mjs does it with the wheel';
const OF_A_CLUSTER = 'it asks a cluster, by a program of others';
const OF_A_CLUSTER_WITH_PODS = 'test/cli/probe-live.test.ts does it with a cluster that has the pods of its graph';
const A_NAME = 'it names a command and is no call of it';

/** By the line as it stands in a guide: why nothing runs it here. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'cd app': OF_THE_START,
  'npm install': OF_THE_START,
  'npm run synth': OF_THE_START,
  'npm test': OF_THE_START,
  'cd app && npm install && npm test && npm run synth': OF_THE_START,
  'python3 -m venv .venv': IN_PYTHON,
  '. .venv/bin/activate': IN_PYTHON,
  'pip install cdk8s-zero-trust pytest': IN_PYTHON,
  'python policies.py': IN_PYTHON,
  pytest: IN_PYTHON,
  'kubectl get ns,deploy,sts,ds,jobs,cronjobs,svc,netpol -A -o yaml > today.yaml': OF_A_CLUSTER,
  'hubble observe -t policy-verdict -o jsonpb --follow': OF_A_CLUSTER,
  'kubectl port-forward -n calico-system service/whisker 8081:8081': OF_A_CLUSTER,
  "curl -sN 'http://localhost:8081/whisker-backend/flows?watch=true'": OF_A_CLUSTER,
  'kubectl logs -n kube-system kube-network-policies-x7k2p': OF_A_CLUSTER,
  "gcloud logging read 'log_id(\"policy-action\")' --format=json | jq -c '.[]'": OF_A_CLUSTER,
  'kubectl gadget run trace_tcp -A -o json': OF_A_CLUSTER,
  'npx cdk8s-zero-trust probe dist/platform --live --dry-run': OF_A_CLUSTER_WITH_PODS,
  'npx cdk8s-zero-trust probe --live --graph graph.json --tier ai-inference/vllm --without metadata-service':
    OF_A_CLUSTER_WITH_PODS,
  'cosign attest-blob --statement dist/platform/proof.json --bundle proof.sigstore.json':
    'it signs with an identity of the user',
  'cosign verify-blob-attestation dist/platform/platform.k8s.yaml --bundle proof.sigstore.json --type https://github.com/cdk8s-zero-trust/cdk8s-zero-trust/proof-record/v1 --certificate-identity ci@example.com --certificate-oidc-issuer https://issuer.example.com':
    'it asks for the identity of who signed',
  'cdk8s-zero-trust flows LOG -f app/dist': 'of a project whose npm run synth made dist, as above',
  'npx cdk8s-zero-trust adopt': A_NAME,
  'cdk8s-zero-trust flows': A_NAME,
  'cdk8s-zero-trust check': A_NAME,
  'cdk8s-zero-trust COMMAND --help': A_NAME,
};
