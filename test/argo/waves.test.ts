import fc from 'fast-check';
import { type ArgoOptions, type ArgoRole, argoAnnotations } from '../../lib/argo/waves';
import { ZeroTrustError } from '../../lib/model/problem';

const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';

function waveOf(role: ArgoRole, options?: ArgoOptions): number {
  return Number(argoAnnotations(role, options)[WAVE]);
}

describe('the order in which Argo CD applies an app', () => {
  it('has the namespaces first, then what is allowed, then the deny, all before workloads', () => {
    expect(waveOf('namespace')).toBe(-30);
    expect(waveOf('allow')).toBe(-20);
    expect(waveOf('deny')).toBe(-10);
  });

  it('never deletes a namespace, whether it is pruned or its application goes', () => {
    expect(argoAnnotations('namespace')[OPTIONS]).toBe('Prune=false,Delete=false');
  });

  it.each(['allow', 'deny'] as const)('prunes the policies that %s after their successors are there', (role) => {
    expect(argoAnnotations(role)[OPTIONS]).toBe('PruneLast=true');
  });

  it('is switched off in one place', () => {
    for (const role of ['namespace', 'allow', 'deny'] as const) {
      expect(argoAnnotations(role, { enabled: false })).toEqual({});
    }
  });

  it('takes any numbers that keep the order, and refuses all others', () => {
    const wave = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(wave, wave, wave, (namespaceWave, allowWave, denyWave) => {
        const options = { namespaceWave, allowWave, denyWave };
        if (namespaceWave < allowWave && allowWave < denyWave) {
          expect(waveOf('namespace', options)).toBe(namespaceWave);
          expect(waveOf('allow', options)).toBe(allowWave);
          expect(waveOf('deny', options)).toBe(denyWave);
        } else {
          expect(() => argoAnnotations('allow', options)).toThrow(ZeroTrustError);
        }
      }),
    );
  });

  it('says what a wrong order would do', () => {
    expect(() => argoAnnotations('deny', { denyWave: -20 })).toThrow(
      'default-deny in wave -20 would cut what is running, because the allows come only in wave -20',
    );
    expect(() => argoAnnotations('allow', { namespaceWave: 0 })).toThrow(
      'policies in wave -20 would be applied before their namespaces in wave 0 are there',
    );
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the wave %p', (denyWave) => {
    expect(() => argoAnnotations('deny', { denyWave })).toThrow(`denyWave is ${denyWave}`);
  });

  it('refuses a wrong order also where it is switched off, so that switching it on cannot fail', () => {
    expect(() => argoAnnotations('deny', { enabled: false, denyWave: -40 })).toThrow(ZeroTrustError);
  });
});
