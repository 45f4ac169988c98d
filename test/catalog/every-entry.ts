import { PolicyProof } from '../../lib';
import { portSetFor, setOf } from '../../lib/deployment/warnings/known-tiers';
import type { Flow } from '../../lib/model/flow';
import * as ports from '../../lib/model/port-set';
import { type EngineOfTest, KNOWN_SYSTEMS, servingOf, smallApp, TELLS_REQUESTS } from './small-app';

/** What every entry keeps on an engine: it is rendered in a small app, proved, and asked who gets through. */
export function describeEveryEntry(engine: EngineOfTest): void {
  describe.each(KNOWN_SYSTEMS.map((system) => [system.id, system] as const))(`%s on ${engine}`, (_id, system) => {
    const of = smallApp(system, engine);

    it('is proved', () => {
      expect(PolicyProof.of(of.app).isProved).toBe(true);
    });

    it('is reached by users on the ports that serve, and on none of its peers and administrators', () => {
      for (const part of of.parts) {
        const serving = setOf(servingOf(part));
        const open = portsOf(of.flows('users/users', of.nameOf(part)));
        expect(ports.portsText(open)).toBe(ports.portsText(serving));
      }
    });

    it('is scraped', () => {
      for (const part of of.parts) {
        const own = portSetFor(part, 'metrics');
        const shared = setOf(servingOf(part).filter(({ metricsAt }) => metricsAt !== undefined));
        const open = portsOf(of.flows('scraper/scraper', of.nameOf(part)));
        expect(ports.portsText(open)).toBe(ports.portsText(ports.isEmpty(own) ? shared : own));
      }
    });

    it('gives nothing to a stranger, and asks nothing of one', () => {
      for (const part of of.parts) {
        expect(of.flows('stranger/stranger', of.nameOf(part))).toEqual([]);
        expect(of.flows(of.nameOf(part), 'stranger/stranger')).toEqual([]);
      }
    });

    it('has nothing that it needs closed, and says what stays open', () => {
      const rules = of.findings().map(({ rule }) => rule);
      expect(rules).not.toContain('known-need-missing');
      expect(rules).not.toContain('admin-port-open');
      expect(rules).not.toContain('peer-port-open');
      expect(rules).not.toContain('acknowledgement-unused');
      const isShared = system.administration?.some(
        ({ before, switchedOnBy }) => before !== undefined || switchedOnBy === undefined,
      );
      expect(rules.includes('admin-requests-open')).toBe(isShared === true && !TELLS_REQUESTS.includes(engine));
    });
  });
}

function portsOf(flows: readonly Flow[]): ports.PortSet {
  return ports.unionOf([ports.none, ...flows.map(({ traffic }) => traffic.ports)]);
}
