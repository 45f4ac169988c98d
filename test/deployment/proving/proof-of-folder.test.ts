import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { dump, loadAll } from 'js-yaml';
import {
  ArgoSync,
  Cluster,
  DataTier,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Tier,
  ZeroTrustNamespace,
} from '../../../lib';
import { Deployment } from '../../../lib/deployment/deployment';
import { readPolicies } from '../../../lib/deployment/proving/deployment-proof';
import { apiObjectsOf } from '../../../lib/deployment/workloads/workload';

const because = 'orders are kept';

/** A shop and its store, with the workloads that are in them. */
function shop(outdir: string): App {
  const app = new App({ outdir });
  Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'] }));
  const chart = new Chart(app, 'shop');
  const data = new ZeroTrustNamespace(chart, 'data', { purpose: 'data' });
  const front = new ZeroTrustNamespace(chart, 'front', { purpose: 'application' });
  const store = new DataTier(data, 'store', { pods: Pods.labeled({ app: 'store' }), ports: [Port.tcp(5432)] });
  const web = new Tier(front, 'web', { pods: Pods.labeled({ app: 'web' }) });
  store.connections.allowFrom(web, { because });
  deployment(chart, 'data', 'store', 5432);
  deployment(chart, 'front', 'web', 8080);
  new ApiObject(chart, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'front' },
    ...{ data: { greeting: 'hello' } },
  });
  return app;
}

function deployment(chart: Chart, namespace: string, name: string, containerPort: number): void {
  new ApiObject(chart, name, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'example/main', ports: [{ name: 'main', containerPort }] }] },
      },
    },
  });
}

// biome-ignore lint/suspicious/noExplicitAny: manifests of any kind are changed in any place.
type Manifest = any;

/** The proof of the folder after its documents were changed in place, or replaced by those that are given back. */
function proofAfter(change: (documents: Manifest[], folder: string) => unknown, make = shop): PolicyProof {
  const folder = mkdtempSync(join(tmpdir(), 'written-'));
  try {
    const app = make(folder);
    app.synth();
    const file = join(folder, readdirSync(folder)[0] as string);
    const documents = loadAll(readFileSync(file, 'utf8')) as Manifest[];
    const changed = change(documents, folder);
    writeFileSync(
      file,
      (Array.isArray(changed) ? changed : documents).map((each) => dump(each, { noRefs: true })).join('---\n'),
    );
    return PolicyProof.ofFolder(app, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function find(documents: readonly Manifest[], kind: string, name: string): Manifest {
  return documents.find((each) => each.kind === kind && each.metadata.name === name);
}

/** Every way to change what was written without changing a rule of a policy, and what is said of it. */
const DAMAGES: Readonly<
  Record<string, { readonly change: (documents: Manifest[]) => unknown; readonly says: RegExp }>
> = {
  'labels of two workloads that are swapped': {
    change: (all) => {
      const [a, b] = [find(all, 'Deployment', 'store'), find(all, 'Deployment', 'web')];
      [a.spec.template.metadata.labels, b.spec.template.metadata.labels] = [{ app: 'web' }, { app: 'store' }];
    },
    says: /Deployment data\/store: It is not what is rendered: spec\.template\.metadata\.labels\.app is 'web', and is rendered as 'store'\.[\s\S]*Deployment front\/web/,
  },
  'a workload that joins the host network': {
    change: (all) => {
      find(all, 'Deployment', 'store').spec.template.spec.hostNetwork = true;
    },
    says: /spec\.template\.spec\.hostNetwork is true, and is not rendered/,
  },
  'a workload that is moved': {
    change: (all) => {
      find(all, 'Deployment', 'store').metadata.namespace = 'default';
    },
    says: /Deployment data\/store: It is not what is rendered: metadata\.namespace is 'default', and is rendered as 'data'/,
  },
  'a workload that says no namespace': {
    change: (all) => {
      delete find(all, 'Deployment', 'store').metadata.namespace;
    },
    says: /metadata\.namespace is missing, and is rendered as 'data'/,
  },
  'a port of a container that is renamed': {
    change: (all) => {
      find(all, 'Deployment', 'store').spec.template.spec.containers[0].ports[0].name = 'other';
    },
    says: /spec\.template\.spec\.containers\[0\]\.ports\[0\]\.name is 'other'/,
  },
  'a workload in the place of another': {
    change: (all) => [
      ...all.filter((each) => each !== find(all, 'Deployment', 'store')),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'store', namespace: 'data', labels: { app: 'store' } },
        spec: { hostNetwork: true, containers: [{ name: 'main', image: 'example/main' }] },
      },
    ],
    says: /Deployment data\/store is rendered, and is not in the folder[\s\S]*Pod data\/store is in the folder, and is not rendered/,
  },
  'a policy that Argo CD skips': {
    change: (all) => {
      find(all, 'NetworkPolicy', 'store').metadata.annotations['argocd.argoproj.io/hook'] = 'Skip';
    },
    says: /NetworkPolicy data\/store: It is not what is rendered: metadata\.annotations\['argocd\.argoproj\.io\/hook'\] is 'Skip'/,
  },
  'a policy that is deleted after the sync': {
    change: (all) => {
      const { annotations } = find(all, 'NetworkPolicy', 'default-deny').metadata;
      annotations['argocd.argoproj.io/hook'] = 'Sync';
      annotations['argocd.argoproj.io/hook-delete-policy'] = 'HookSucceeded';
    },
    says: /hook-delete-policy'\] is 'HookSucceeded', and is not rendered/,
  },
  'a policy that is a test of a release': {
    change: (all) => {
      find(all, 'NetworkPolicy', 'web').metadata.annotations['helm.sh/hook'] = 'test';
    },
    says: /'helm\.sh\/hook'\] is 'test', and is not rendered/,
  },
  'a default deny in a wave of its own': {
    change: (all) => {
      find(all, 'NetworkPolicy', 'default-deny').metadata.annotations['argocd.argoproj.io/sync-wave'] = '40';
    },
    says: /sync-wave'\] is '40', and is rendered as '-10'/,
  },
  'a policy with an owner that is not there': {
    change: (all) => {
      find(all, 'NetworkPolicy', 'store').metadata.ownerReferences = [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: '5e1d3b1c-0000-4000-8000-000000000000' },
      ];
    },
    says: /metadata\.ownerReferences is \[.*\], and is not rendered/,
  },
  'reasons that are changed': {
    change: (all) => {
      const { annotations } = find(all, 'NetworkPolicy', 'store').metadata;
      annotations['cdk8s-zero-trust/flows'] = 'nobody knows';
    },
    says: /in cdk8s-zero-trust\/flows, "nobody knows" \(no line of a flow\) is there, and is not rendered, the flow "in TCP\/\d+ from /,
  },
  'the reason of one flow that is changed': {
    change: (all) => {
      const { annotations } = find(all, 'NetworkPolicy', 'store').metadata;
      annotations['cdk8s-zero-trust/flows'] = annotations['cdk8s-zero-trust/flows'].replace(
        /: .*/,
        ': it was always so',
      );
    },
    says: /the flow "in TCP\/\d+ from .*: it was always so" is there, and is not rendered, the flow "in .*" is missing, and is rendered/,
  },
  'a label that is added to a pod template': {
    change: (all) => {
      find(all, 'Deployment', 'web').spec.template.metadata.labels['app.kubernetes.io/instance'] = 'shop';
    },
    says: /spec\.template\.metadata\.labels\['app\.kubernetes\.io\/instance'\] is 'shop', and is not rendered/,
  },
  'a label that is added to a Namespace': {
    change: (all) => {
      find(all, 'Namespace', 'data').metadata.labels['app.kubernetes.io/instance'] = 'shop';
    },
    says: /Namespace data: It is not what is rendered: metadata\.labels\['app\.kubernetes\.io\/instance'\]/,
  },
  'settings that are changed': {
    change: (all) => {
      find(all, 'ConfigMap', 'settings').data.greeting = 'bye';
    },
    says: /ConfigMap front\/settings: It is not what is rendered: data\.greeting is 'bye', and is rendered as 'hello'/,
  },
};

describe('the proof of a folder is not fooled by', () => {
  it.each(Object.entries(DAMAGES))('%s', (_, { change, says }) => {
    const proof = proofAfter(change);
    expect(proof.isProved).toBe(false);
    expect(proof.toText()).toMatch(says);
    expect(proof.toText()).toMatch(/^Not proved/);
    expect(proof.toText()).not.toMatch(/^Proved/m);
  });
});

describe('the proof of a folder', () => {
  it('holds of what is written as it is rendered, whatever the order of documents and keys', () => {
    const proof = proofAfter((all) => all.map((each) => Object.fromEntries(Object.entries(each).reverse())).reverse());
    expect(proof.witnesses).toEqual([]);
    expect(proof.isProved).toBe(true);
    expect(proof.notes).toEqual([]);
  });

  it('holds of text that readers of YAML could take for something else', () => {
    const texts = ['yes', 'n', 'on', '0777', '1_000', '22:22', '1e3', '.5', 'null', '~', '', '2026-01-01', '<<'];
    const more = [
      '=',
      '- a',
      'a: b',
      '#x',
      ' x ',
      'two\nlines\n',
      '\ttab',
      '0x1F',
      '+1',
      '.inf',
      'NaN',
      'a\u0085b',
      '\u2028',
    ];
    const folder = mkdtempSync(join(tmpdir(), 'written-'));
    try {
      const app = shop(folder);
      new ApiObject(app.node.findChild('shop') as Chart, 'texts', {
        apiVersion: 'example.com/v1',
        kind: 'Texts',
        metadata: { name: 'texts', namespace: 'front' },
        spec: { texts: [...texts, ...more], numbers: [1, 0.5, 1e21, -0, 777], truth: [true, false, null] },
      });
      app.synth();
      expect(PolicyProof.ofFolder(app, folder).witnesses).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('notes what others add and what decides nothing', () => {
    const proof = proofAfter((all) => {
      const { metadata } = find(all, 'NetworkPolicy', 'store');
      metadata.labels['app.kubernetes.io/instance'] = 'shop';
      metadata.labels.team = 'red';
      metadata.annotations['argocd.argoproj.io/tracking-id'] = 'shop:networking.k8s.io/NetworkPolicy:data/store';
      metadata.creationTimestamp = null;
      find(all, 'ConfigMap', 'settings').metadata.labels = { 'app.kubernetes.io/instance': 'shop' };
    });
    expect(proof.witnesses).toEqual([]);
    expect(proof.isProved).toBe(true);
    expect(proof.notes).toHaveLength(5);
    expect(proof.notes.join('\n')).toMatch(
      /NetworkPolicy data\/store: metadata\.labels\.team is added, and decides nothing/,
    );
    expect(proof.toText()).toMatch(/^Proved[\s\S]*Noted:\n- /);
  });

  it('takes no label of a controller for a note', () => {
    const proof = proofAfter((all) => {
      find(all, 'NetworkPolicy', 'store').metadata.labels['cleanup.kyverno.io/ttl'] = '1h';
    });
    expect(proof.isProved).toBe(false);
  });

  it('says of an object in one problem where it differs, with file and line', () => {
    const proof = proofAfter((all) => {
      const { spec } = find(all, 'Deployment', 'store').spec.template;
      Object.assign(spec, { hostNetwork: true, a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 });
    });
    expect(proof.witnesses).toHaveLength(1);
    expect(proof.witnesses[0]).toMatch(
      /shop\.k8s\.yaml, document \d+, line \d+: Deployment data\/store: .*; and 2 more\./,
    );
  });

  it('says that a file for kustomize lies beside the manifests, since it may make others of them', () => {
    const proof = proofAfter((_, folder) => {
      writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [shop.k8s.yaml]\nnamePrefix: other-\n');
    });
    expect(proof.witnesses).toEqual([]);
    expect(proof.notes.join('\n')).toMatch(/kustomization\.yaml.*what it builds may differ/);
    // As it is called in the folder, which has another name while an app is rendered.
    expect(proof.toText()).toMatch(/^Proved[\s\S]*Noted:\n- kustomization\.yaml/);
  });

  it('is not disturbed by the graph beside the manifests', () => {
    const proof = proofAfter((_, folder) => {
      const graph = PolicyGraph.of(shop(folder));
      writeFileSync(join(folder, 'graph.json'), graph.toJson());
      writeFileSync(join(folder, 'graph.txt'), graph.toText());
    });
    expect(proof.witnesses).toEqual([]);
    expect(proof.isProved).toBe(true);
  });

  it('is of what a patch makes of an object', () => {
    const proof = proofAfter(
      () => undefined,
      (folder) => {
        const app = shop(folder);
        ArgoSync.use(app, { enabled: false });
        const policy = app.node.findAll().find((node) => ApiObject.isApiObject(node) && node.name === 'settings');
        (policy as ApiObject).addJsonPatch(JsonPatch.add('/data/more', 'yes'));
        return app;
      },
    );
    expect(proof.isProved).toBe(true);
  });
});

describe('what an app adds to the metadata of its own policies', () => {
  /** The rules and isolations that are read back are in doubt. */
  function doubtsOf(change: (policy: ApiObject) => void): number {
    const app = shop('unused');
    const policy = app.node
      .findAll()
      .find((node) => ApiObject.isApiObject(node) && node.kind === 'NetworkPolicy' && node.name === 'store');
    Deployment.of(app).proof();
    change(policy as ApiObject);
    const { rules, isolations } = readPolicies(apiObjectsOf(app));
    return [...rules, ...isolations].filter(({ isUncertain }) => isUncertain).length;
  }

  it('is read back: a hook, or an owner that is not there', () => {
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: 'a1' };
    expect(doubtsOf(() => undefined)).toBe(0);
    expect(doubtsOf(({ metadata }) => metadata.addAnnotation('argocd.argoproj.io/hook', 'Skip'))).toBeGreaterThan(1);
    expect(doubtsOf(({ metadata }) => metadata.addOwnerReference(owner))).toBeGreaterThan(1);
    expect(
      doubtsOf((policy) => policy.addJsonPatch(JsonPatch.add('/metadata/annotations/helm.sh~1hook', 'test'))),
    ).toBeGreaterThan(1);
  });
});
