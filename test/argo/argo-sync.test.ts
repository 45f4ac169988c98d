import { App, Chart } from 'cdk8s';
import { ArgoSync } from '../../lib/argo';

describe('the order that is set on a scope', () => {
  it('holds for everything below it', () => {
    const app = new App();
    const chart = new Chart(app, 'platform');
    ArgoSync.use(app, { enabled: false });
    expect(ArgoSync._of(chart)).toEqual({ enabled: false });
  });

  it('gives way to the one that is set nearer', () => {
    const app = new App();
    const chart = new Chart(app, 'platform');
    ArgoSync.use(app, { denyWave: -5 });
    ArgoSync.use(chart, { denyWave: -6 });
    expect(ArgoSync._of(chart)).toEqual({ denyWave: -6 });
    expect(ArgoSync._of(app)).toEqual({ denyWave: -5 });
  });

  it('is the default where nothing is set', () => {
    expect(ArgoSync._of(new App())).toEqual({});
  });

  it('is refused where it is set, not where it is first needed', () => {
    expect(() => ArgoSync.use(new App(), { allowWave: 0 })).toThrow('would cut what is running');
  });
});
