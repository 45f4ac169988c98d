import { blockSize, blockText, type Family, type IpBlock, lastOf } from './ip-block';
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
  const boundaries = edges(set[family]);
  const whole: IpBlock = { family, first: 0n, prefix: 0 };
  const terms: Term[] = [];
  addAlone(nodeOf(whole.first, blockSize(whole), boundaries, 0, boundaries.length), whole, terms);
  return terms;
}

/**
 * The node of the block of `size` addresses from `first`. Of the boundaries, those before `low` are below it, and those
 * from `high` are not inside it. Only blocks that have a boundary inside are looked into.
 */
function nodeOf(first: bigint, size: bigint, boundaries: readonly bigint[], low: number, high: number): Node {
  const start = low < high && boundaries[low] === first ? low + 1 : low;
  const end = firstFrom(first + size, boundaries, start, high);
  // After an odd number of boundaries the first address is in the set, and so are the others when no boundary follows.
  if (start === end) return start % 2 === 1 ? FULL : EMPTY;
  const half = size >> 1n;
  const middle = first + half;
  const split = firstFrom(middle, boundaries, start, end);
  return partialNode([nodeOf(first, half, boundaries, start, split), nodeOf(middle, half, boundaries, split, end)]);
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

/** Adds the terms of what the set has of the block. */
function addAlone(node: Node, block: IpBlock, terms: Term[]): void {
  if (node === EMPTY) return;
  const { choice } = node;
  if (choice !== undefined && !choice.addsBlock) {
    forHalves(choice, block, (half, halfBlock) => addAlone(half, halfBlock, terms));
    return;
  }
  const term: Term = { block, excepts: [] };
  terms.push(term);
  if (choice !== undefined) forHalves(choice, block, (half, halfBlock) => correct(half, halfBlock, term, terms));
}

/** Takes from `term`, whose block is around this one, what the set does not have of it. */
function correct(node: Node, block: IpBlock, term: Term, terms: Term[]): void {
  if (node === FULL) return;
  const { choice } = node;
  if (choice !== undefined && !choice.exceptsBlock) {
    forHalves(choice, block, (half, halfBlock) => correct(half, halfBlock, term, terms));
    return;
  }
  term.excepts.push(block);
  addAlone(node, block, terms);
}

function forHalves(
  { halves: [left, right] }: Choice,
  { family, first, prefix }: IpBlock,
  visit: (half: Node, block: IpBlock) => void,
): void {
  const lower: IpBlock = { family, first, prefix: prefix + 1 };
  visit(left, lower);
  visit(right, { ...lower, first: lastOf(lower) + 1n });
}

/** Index of the first boundary from `low` up to `high` that is not below `address`, by binary search. */
function firstFrom(address: bigint, boundaries: readonly bigint[], low: number, high: number): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (boundaries[middle] < address) from = middle + 1;
    else to = middle;
  }
  return from;
}
