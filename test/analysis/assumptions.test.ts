import { readManifests } from '../../lib/analysis';

const object = (apiVersion: string, kind: string, name: string, namespace?: string) => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});
const assumed = (...objects: readonly unknown[]) => readManifests(objects).assumptions;
const application = (name: string) => object('argoproj.io/v1alpha1', 'Application', name, 'argocd');

describe('what is assumed of objects that are passed over', () => {
  it('is nothing where their kinds bear on nothing', () => {
    expect(
      assumed(object('v1', 'ConfigMap', 'a', 'x'), object('monitoring.coreos.com/v1', 'ServiceMonitor', 'a', 'x')),
    ).toEqual([]);
  });

  it('is a sentence for each way in which they may bear on connections, whatever their order', () => {
    const objects = [
      object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'injector'),
      object('crd.projectcalico.org/v1', 'FelixConfiguration', 'default'),
      object('gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', 'login', 'x'),
      object('k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition', 'fast', 'x'),
      application('platform'),
    ];
    const sentences = [
      'objects from elsewhere: what Application argocd/platform bring is not among what was read',
      'other networks: what goes by NetworkAttachmentDefinition x/fast is outside policy',
      'requests at gateways: SecurityPolicy x/login may refuse requests whose connections are let through',
      'settings: what FelixConfiguration default change about the engine is not reckoned with',
      'admission: what the servers of MutatingWebhookConfiguration injector change in objects that are applied is not known',
    ];
    expect(assumed(...objects)).toEqual(sentences);
    expect(assumed(...[...objects].reverse())).toEqual(sentences);
  });

  it('names five of them at most, in order', () => {
    const brought = (...names: string[]) => assumed(...names.map(application))[0];
    expect(brought('b', 'a', 'e', 'd', 'c')).toContain(
      'what Application argocd/a, Application argocd/b, Application argocd/c, Application argocd/d, Application argocd/e bring',
    );
    expect(brought('g', 'b', 'a', 'e', 'd', 'c', 'f')).toContain('Application argocd/e and 2 more bring');
  });

  it('counts those of kinds that nobody knows, of each group and kind', () => {
    expect(
      assumed(
        object('example.com/v1', 'Widget', 'a', 'x'),
        object('example.com/v2', 'Widget', 'b', 'x'),
        object('example.com/v1', 'Alpha', 'a', 'x'),
        object('v1', 'Unheard', 'a', 'x'),
      ),
    ).toEqual([
      'unknown kinds: nobody looked at what the controllers of 1 Alpha of example.com, 1 Unheard, 2 Widget of example.com do',
    ]);
  });
});
