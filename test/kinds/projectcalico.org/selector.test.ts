import fc from 'fast-check';
import { holdsFor } from '../../../lib/kinds/projectcalico.org/labelled';
import { expressionOf } from '../../../lib/kinds/projectcalico.org/selector-expression';
import { endpointsOf } from '../../../lib/kinds/projectcalico.org/selectors';
import type { Labels } from '../../../lib/model/labels';
import * as selectors from '../../../lib/model/selector';
import { readIngress, texts } from './calico';

/** The same condition as Calico writes it, and as it decides. */
interface Said {
  readonly text: string;
  readonly holds: (labels: Labels) => boolean;
}

const key = fc.constantFrom('a', 'b', 'in', 'has', 'example.com/x_y');
const value = fc.constantFrom('x', 'y', '', 'not a value of a label');
const quoted = fc
  .tuple(value, fc.constantFrom('"', "'"))
  .map(([text, quote]) => ({ text, written: quote + text + quote }));

const atom: fc.Arbitrary<Said> = fc.oneof(
  fc.tuple(key, quoted).map(([k, v]) => ({ text: `${k}==${v.written}`, holds: (l: Labels) => l[k] === v.text })),
  fc.tuple(key, quoted).map(([k, v]) => ({ text: `${k} != ${v.written}`, holds: (l: Labels) => l[k] !== v.text })),
  key.map((k) => ({ text: `has( ${k} )`, holds: (l: Labels) => k in l })),
  fc.constant({ text: 'all()', holds: () => true }),
  fc.tuple(key, fc.array(quoted, { maxLength: 3 }), fc.constantFrom('in', 'not in', 'notin')).map(([k, vs, word]) => ({
    text: `${k} ${word} {${vs.map(({ written }) => written).join(', ')}}`,
    holds: (l: Labels) => (k in l && vs.some(({ text }) => text === l[k])) === (word === 'in'),
  })),
);

/** Conjunctions of alternatives, and the negations of what they are made of. */
const said: fc.Arbitrary<Said> = fc.letrec<{ all: Said; one: Said; any: Said }>((tie) => ({
  all: fc.array(tie('one'), { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(' && '),
    holds: (l: Labels) => parts.every(({ holds }) => holds(l)),
  })),
  one: fc.oneof(
    { maxDepth: 3 },
    atom,
    tie('all').map(({ text, holds }) => ({ text: `(${text})`, holds })),
    atom.map(({ text, holds }) => ({ text: `! ${text}`, holds: (l: Labels) => !holds(l) })),
    atom.map(({ text, holds }) => ({ text: `!!${text}`, holds })),
    tie('any').map(({ text, holds }) => ({ text: `!(${text})`, holds: (l: Labels) => !holds(l) })),
    tie('any').map(({ text, holds }) => ({ text: `(${text})`, holds })),
    tie('all').map(({ text, holds }) => ({ text: `!(${text})`, holds: (l: Labels) => !holds(l) })),
  ),
  any: fc.array(atom, { minLength: 1, maxLength: 2 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(' || '),
    holds: (l: Labels) => parts.some(({ holds }) => holds(l)),
  })),
})).all;

const labels: fc.Arbitrary<Labels> = fc.dictionary(key, fc.constantFrom('x', 'y', '', 'z'), { maxKeys: 3 });

describe('a selector of Calico', () => {
  it('means what it says, for alternatives, conjunctions and negations of any shape', () => {
    fc.assert(
      fc.property(said, fc.array(labels, { minLength: 1, maxLength: 20 }), ({ text, holds }, all) => {
        const parsed = expressionOf(text);
        if ('wrong' in parsed) throw new Error(`${text}: ${parsed.wrong}`);
        const endpoints = endpointsOf(parsed.expression);
        fc.pre(endpoints !== undefined);
        for (const it of all) {
          const known = (key: string) => (Object.hasOwn(it, key) ? it[key] : undefined);
          const selected = endpoints?.pods.some(({ pods }) => selectors.matches(pods.pods, it));
          expect([text, it, selected, holdsFor(parsed.expression, known)]).toEqual([text, it, holds(it), holds(it)]);
        }
      }),
      { numRuns: 400 },
    );
  });

  // Taken and refused as libcalico-go/lib/selector/parser/parser_test.go has it.
  it.each([
    ['a == ', 'no text in quotes'],
    ["a == 'b", 'is no part of a selector'],
    ["a = 'b'", 'no operator'],
    ["a in 'b'", "no '{' after in"],
    ["a in {'b'", "'{' without '}'"],
    ["(a == 'b'", "'(' without ')'"],
    ["a == 'b')", 'goes on after its end'],
    ["a == 'b' c == 'd'", 'goes on after its end'],
    ['has(a', "does not close 'has('"],
    ['has()', "does not close 'has('"],
    ['a', "says nothing of 'a'"],
    ['a && b', "says nothing of 'a'"],
    ['$x == "y"', 'is no part of a selector'],
    ['&& has(a)', 'no condition'],
    ['!', 'ends where a condition should stand'],
  ])('is refused where Calico refuses it: %s', (text, wrong) => {
    const { problems } = readIngress({ action: 'Allow', source: { selector: text } });
    expect(problems.map(({ rule }) => rule)).toEqual(['calico-selector']);
    expect(problems[0].what).toContain(wrong);
  });

  it('is refused above 1024 characters', () => {
    const selector = `a in {${Array.from({ length: 100 }, (_, i) => `'value-${i}'`).join(', ')}}`;
    expect(texts(readIngress({ action: 'Allow', source: { selector } }))).toEqual([
      'calico-limit at spec.ingress[0].source.selector',
    ]);
  });
});
