import fc from 'fast-check';
import { expressionOf } from '../../../lib/kinds/projectcalico.org/selector-expression';
import type { Labels } from '../../../lib/model/labels';
import * as selectors from '../../../lib/model/selector';
import { fromConstraints } from '../../../lib/model/selector-algebra';
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

/** Conjunctions, and the negations of what they are made of. */
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
  ),
  any: fc.array(atom, { minLength: 1, maxLength: 2 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(' || '),
    holds: (l: Labels) => parts.some(({ holds }) => holds(l)),
  })),
})).all;

const labels: fc.Arbitrary<Labels> = fc.dictionary(key, fc.constantFrom('x', 'y', '', 'z'), { maxKeys: 3 });

describe('a selector of Calico', () => {
  it('means what it says, for conjunctions and negations of any shape', () => {
    fc.assert(
      fc.property(said, fc.array(labels, { minLength: 1, maxLength: 20 }), ({ text, holds }, all) => {
        const expression = expressionOf(text);
        if (!('conditions' in expression)) throw new Error(`${text}: ${JSON.stringify(expression)}`);
        const constraints = expression.conditions.flatMap((it) => (it.kind === 'label' ? [it.constraint] : []));
        const isNothing = expression.conditions.some(({ kind }) => kind === 'nothing');
        const selector = isNothing ? selectors.nothing : fromConstraints(constraints);
        for (const it of all) expect([text, it, selectors.matches(selector, it)]).toEqual([text, it, holds(it)]);
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

  it.each([
    ["a == 'x' || b == 'y'", "'||'"],
    ["!(a == 'x' && b == 'y')", "'!' before '&&'"],
    ["a contains 'x'", "'contains'"],
    ["a starts with 'x'", "'starts with'"],
    ["has(b) && a ends with 'x'", "'ends with'"],
  ])('is reported as not read where it is no conjunction: %s', (text, what) => {
    const { problems, rules, isolations } = readIngress({ action: 'Allow', source: { selector: text } });
    expect(problems.map(({ rule, where }) => [rule, where])).toEqual([
      ['unread-policy', 'NetworkPolicy own/it: spec.ingress[0].source.selector'],
    ]);
    expect(problems[0].what).toContain(what);
    expect([rules, isolations]).toEqual([[], []]);
  });

  it('is refused above 1024 characters', () => {
    const selector = `a in {${Array.from({ length: 100 }, (_, i) => `'value-${i}'`).join(', ')}}`;
    expect(texts(readIngress({ action: 'Allow', source: { selector } }))).toEqual([
      'calico-limit at spec.ingress[0].source.selector',
    ]);
  });
});
