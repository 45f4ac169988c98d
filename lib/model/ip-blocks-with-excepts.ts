import { blockText, type Family, type IpBlock } from './ip-block';
import { blockOf, blocksOf, edges, type IpSet } from './ip-set-algebra';
import { remembered } from './remembered';

/** A block, less the blocks that are excepted from it. */
export interface Block {
  readonly cidr: string;
  /** Strictly inside `cidr`, disjoint, in order. */
  readonly except: readonly string[];
}

const FAMILIES = ['v4', 'v6'] as const;

/**
 * The set in the fewest terms, every block and every except counting as one; of such forms the one with the fewest
 * excepts, and then the one with the wider blocks. The same set gives the same blocks, however it was made.
 *
 * A block may take away more than is missing and further blocks add what was too much: a rule allows the union of its
 * peers, and an except binds its own block only (NetworkPolicy v1, IPBlock), so that nothing is lost by it.
 */
export const blocks = remembered((set: IpSet): readonly Block[] =>
  FAMILIES.flatMap((family) => termsOf(family, set)).map(({ block, excepts }) => ({
    cidr: blockText(block),
    except: excepts.map(blockText),
  })),
);

/** The fewest blocks without excepts, in order. */
export function plainBlocks(set: IpSet): readonly string[] {
  return FAMILIES.flatMap((family) => set[family].flatMap((interval) => blocksOf(family, interval))).map(blockText);
}

/** Canonical text, such as `10.0.0.0/8 except 10.0.0.0/28 and 10.1.0.0/16, 192.0.2.0/24`; `-` for none. */
export const ipsText = remembered((set: IpSet): string => {
  const terms = blocks(set).map(({ cidr, except }) =>
    except.length === 0 ? cidr : `${cidr} except ${except.join(' and ')}`,
  );
  return terms.length === 0 ? '-' : terms.join(', ');
});

interface Term {
  readonly block: IpBlock;
  readonly excepts: IpBlock[];
}

/**
 * What a form costs, in one number so that sums and comparisons are plain arithmetic: its terms as multiples of `TERM`,
 * and on top of them its excepts, of which there are always fewer than `TERM`.
 */
type Cost = number;
const TERM = 2 ** 26;
const ONE_BLOCK: Cost = TERM;
const ONE_EXCEPT: Cost = TERM + 1;

/**
 * A block of the binary trie over the addresses. The cheapest form of what the set has of it is known for two cases:
 * nothing has been added around it (`alone`), or a block around it has been added with all that is in this one (`within`).
 */
interface Node {
  readonly alone: Cost;
  readonly within: Cost;
  /** Absent where the set has all of the block, or nothing. */
  readonly choice?: Choice;
}

interface Choice {
  readonly halves: readonly [Node, Node];
  /** Alone: this block is added, and its halves corrected. Otherwise each half is added alone. */
  readonly addsBlock: boolean;
  /** Within: this block is excepted, and then added alone. Otherwise each half is corrected. */
  readonly exceptsBlock: boolean;
}

const FULL: Node = { alone: ONE_BLOCK, within: 0 };
const EMPTY: Node = { alone: 0, within: ONE_EXCEPT };

function termsOf(family: Family, set: IpSet): readonly Term[] {
  const intervals = set[family];
  // Nearly every set is one block or none, which nothing says in fewer terms.
  if (intervals.length === 0) return [];
  const block = intervals.length === 1 ? blockOf(family, intervals[0]) : undefined;
  if (block !== undefined) return [{ block, excepts: [] }];
  const boundaries = edges(intervals);
  return family === 'v4' ? fewestTerms(boundaries.map(Number), IPV4) : fewestTerms(boundaries, IPV6);
}

/** The addresses of a family, in numbers that have room for them: those of IPv4 are plain ones, which cost far less. */
interface Space<N extends number | bigint> {
  readonly family: Family;
  readonly zero: N;
  readonly size: N;
  readonly sum: (a: N, b: N) => N;
  readonly half: (size: N) => N;
}

const IPV4: Space<number> = { family: 'v4', zero: 0, size: 2 ** 32, sum: (a, b) => a + b, half: (size) => size / 2 };
const IPV6: Space<bigint> = {
  family: 'v6',
  zero: 0n,
  size: 1n << 128n,
  sum: (a, b) => a + b,
  half: (size) => size >> 1n,
};

function fewestTerms<N extends number | bigint>(
  boundaries: readonly N[],
  { family, zero, size: whole, sum, half }: Space<N>,
): Term[] {
  const terms: Term[] = [];
  const around = smallestAround();
  addAlone(nodeOf(around.first, around.size, 0, boundaries.length), around.first, around.size, around.prefix);
  return terms;

  /** The smallest block that has all of the set: a wider one, half of it empty, is never added, since it costs an except. */
  function smallestAround() {
    const last = boundaries[boundaries.length - 1];
    let first = zero;
    let size = whole;
    let prefix = 0;
    for (;;) {
      const middle = sum(first, half(size));
      if (boundaries[0] < middle && last > middle) return { first, size, prefix };
      if (boundaries[0] >= middle) first = middle;
      size = half(size);
      prefix += 1;
    }
  }

  /**
   * The node of the block of `size` addresses from `first`. Of the boundaries, those before `low` are below it, and those
   * from `high` are not inside it. Only blocks that have a boundary inside are looked into.
   */
  function nodeOf(first: N, size: N, low: number, high: number): Node {
    const start = low < high && boundaries[low] === first ? low + 1 : low;
    const end = firstFrom(sum(first, size), boundaries, start, high);
    // After an odd number of boundaries the first address is in the set, and so are the others when no boundary follows.
    if (start === end) return start % 2 === 1 ? FULL : EMPTY;
    const ofHalf = half(size);
    const middle = sum(first, ofHalf);
    const split = firstFrom(middle, boundaries, start, end);
    return partialNode([nodeOf(first, ofHalf, start, split), nodeOf(middle, ofHalf, split, end)]);
  }

  /** Adds the terms of what the set has of the block. */
  function addAlone(node: Node, first: N, size: N, prefix: number): void {
    if (node === EMPTY) return;
    const { choice } = node;
    const term = choice === undefined || choice.addsBlock ? add(first, prefix) : undefined;
    if (choice === undefined) return;
    const [left, right] = choice.halves;
    const ofHalf = half(size);
    const middle = sum(first, ofHalf);
    if (term === undefined) {
      addAlone(left, first, ofHalf, prefix + 1);
      addAlone(right, middle, ofHalf, prefix + 1);
    } else {
      correct(left, term, first, ofHalf, prefix + 1);
      correct(right, term, middle, ofHalf, prefix + 1);
    }
  }

  /** Takes from `term`, whose block is around this one, what the set does not have of it. */
  function correct(node: Node, term: Term, first: N, size: N, prefix: number): void {
    if (node === FULL) return;
    const { choice } = node;
    if (choice === undefined || choice.exceptsBlock) {
      term.excepts.push(blockAt(first, prefix));
      addAlone(node, first, size, prefix);
      return;
    }
    const [left, right] = choice.halves;
    const ofHalf = half(size);
    correct(left, term, first, ofHalf, prefix + 1);
    correct(right, term, sum(first, ofHalf), ofHalf, prefix + 1);
  }

  function add(first: N, prefix: number): Term {
    const term: Term = { block: blockAt(first, prefix), excepts: [] };
    terms.push(term);
    return term;
  }

  function blockAt(first: N, prefix: number): IpBlock {
    return { family, first: BigInt(first), prefix };
  }
}

// Where two forms are alike in cost, the wider block is taken: any fixed choice would do, and this one reads best.
function partialNode(halves: readonly [Node, Node]): Node {
  const [left, right] = halves;
  const corrected = left.within + right.within;
  const apart = left.alone + right.alone;
  const addsBlock = ONE_BLOCK + corrected <= apart;
  const alone = addsBlock ? ONE_BLOCK + corrected : apart;
  const exceptsBlock = ONE_EXCEPT + alone <= corrected;
  return { alone, within: exceptsBlock ? ONE_EXCEPT + alone : corrected, choice: { halves, addsBlock, exceptsBlock } };
}

/** Index of the first boundary from `low` up to `high` that is not below `address`, by binary search. */
function firstFrom<N extends number | bigint>(address: N, boundaries: readonly N[], low: number, high: number): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (boundaries[middle] < address) from = middle + 1;
    else to = middle;
  }
  return from;
}
