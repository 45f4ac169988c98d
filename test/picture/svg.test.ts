import type { Layout } from '../../lib/picture/layout';
import type { Arrow, Box, Island, Picture } from '../../lib/picture/picture';
import { svgFile } from '../../lib/picture/svg';

/** So many namespaces of one workload, each of which reaches every other. */
function dense(namespaces: number): Picture {
  const numbers = [...Array(namespaces).keys()];
  const plain = { facts: [], findings: [] };
  const islands = numbers.map((n): Island => ({ id: `n${n}`, name: `team-${n}`, kind: 'namespace', ...plain }));
  const boxes = numbers.map(
    (n): Box => ({ id: `b${n}`, island: `n${n}`, name: 'app', small: '', kind: 'one', role: '', ...plain }),
  );
  const arrows = numbers.flatMap((from) =>
    numbers
      .filter((to) => to !== from)
      .map(
        (to): Arrow => ({
          id: `a${from}-${to}`,
          from: `b${from}`,
          to: `b${to}`,
          ports: 'TCP/80',
          ranges: [['TCP', 80, 80]],
          isPerhaps: false,
          reasons: [],
          policies: [],
          engines: [],
          explanation: [],
          findings: [],
        }),
      ),
  );
  const elsewhere = '--focus, --to and --port of the command draw a part of them.';
  return { title: 'dense', about: '', islands, boxes, arrows, findings: [], notes: [], elsewhere };
}

const nowhere: Layout = { width: 100, height: 50, frames: new Map(), boxes: new Map(), lines: new Map() };

const saidIn = (picture: Picture) =>
  [...svgFile(picture, () => nowhere).matchAll(/<text class="said"[^>]*>([^<]*)</g)].map(([, text]) => text);

describe('a picture as one SVG file', () => {
  it('says that namespaces alone are drawn, and how many lines are left out', () => {
    // 60 namespaces have 60 * 59 = 3540 pairs, of which 1000 are drawn.
    expect(saidIn(dense(60))).toEqual([
      'There are more than 2500 connections, so that only namespaces are drawn. --focus, --to and --port of the command draw a part of them.',
      '2540 further pairs of namespaces are connected than are drawn; the format json has every connection.',
    ]);
  });

  it('has room for what it says, above what is drawn', () => {
    const svg = svgFile(dense(60), () => nowhere);
    const [, top, width, height] = /viewBox="-8 (-\d+) (\d+) (\d+)"/.exec(svg)?.map(Number) ?? [];
    // Two lines of 18 points above the drawing, and a margin of 8 around all.
    expect([top, height]).toEqual([-8 - 2 * 18, 50 + 2 * 8 + 2 * 18]);
    // The longer of the two sentences has 132 signs, of 5 points at least.
    expect(width).toBeGreaterThan(132 * 5);
    expect(svg).toContain('<text class="said" x="0" y="-22">There are');
    expect(svg).toContain('<text class="said" x="0" y="-4">2540');
  });

  it('says nothing where everything is drawn', () => {
    expect(saidIn(dense(50))).toEqual([]);
    expect(svgFile(dense(50), () => nowhere)).toContain('viewBox="-8 -8 116 66"');
  });
});
