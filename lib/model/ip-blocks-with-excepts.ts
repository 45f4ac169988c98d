import { blockSize, blockText, type Family, type IpBlock } from './ip-block';
import { blocksOf, edges, type IpSet } from './ip-set-algebra';

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
export function blocks(set: IpSet): readonly Block[] {
  return FAMILIES.flatMap((family) => termsOf(family, set)).map(({ block, excepts }) => ({
    cidr: blockText(block),
    except: excepts.map(blockText),
  }));
}

/** The fewest blocks without excepts, in order. */
export function plainBlocks(set: IpSet): readonly string[] {
  return FAMILIES.flatMap((family) => set[family].flatMap((interval) => blocksOf(family, interval))).map(blockText);
}

/** Canonical text, such as `10.0.0.0/8 except 10.0.0.0/28 and 10.1.0.0/16, 192.0.2.0/24`; `-` for none. */
export function ipsText(set: IpSet): string {
  const terms = blocks(set).map(({ cidr, except }) =>
    except.length === 0 ? cidr : `${cidr} except ${except.join(' and ')}`,
  );
  return terms.length === 0 ? '-' : terms.join(', ');
}

interface Term {
  readonly block: IpBlock;
  readonly excepts: IpBlock[];
}

/** What a form costs: the number of its terms, and how many of them are excepts. */
interface Cost {
  readonly terms: number;
  readonly excepts: number;
}

/**
 * A block of the binary trie over the addresses. The cheapest form of what the set has of it is known for two cases:
 * nothing has been added around it (`alone`), or a block around it has been added with all that is in this one (`within`).
 */
interface Node {
  readonly block: IpBlock;
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

const NOTHING: Cost = { terms: 0, excepts: 0 };
const ONE_BLOCK: Cost = { terms: 1, excepts: 0 };
const ONE_EXCEPT: Cost = { terms: 1, excepts: 1 };

function termsOf(family: Family, set: IpSet): Term[] {
  const boundaries = edges(set[family]);
  const terms: Term[] = [];
  addAlone(nodeOf({ family, first: 0n, prefix: 0 }, boundaries, 0, boundaries.length), terms);
  return terms;
}

/** The node of a block, of whose boundaries those from `low` up to `high`, and no others, may be inside it. */
function nodeOf(block: IpBlock, boundaries: readonly bigint[], low: number, high: number): Node {
  const { family, first, prefix } = block;
  const size = blockSize(block);
  const start = boundaries[low] === first && low < high ? low + 1 : low;
  const end = firstFrom(first + size, boundaries, start, high);
  // An odd number of boundaries up to the first address: it is in the set, and without a boundary inside, so is the rest.
  if (start === end) return start % 2 === 1 ? fullNode(block) : emptyNode(block);
  const middle = first + size / 2n;
  const split = firstFrom(middle, boundaries, start, end);
  return partialNode(block, [
    nodeOf({ family, first, prefix: prefix + 1 }, boundaries, start, split),
    nodeOf({ family, first: middle, prefix: prefix + 1 }, boundaries, split, end),
  ]);
}

function fullNode(block: IpBlock): Node {
  return { block, alone: ONE_BLOCK, within: NOTHING };
}

function emptyNode(block: IpBlock): Node {
  return { block, alone: NOTHING, within: ONE_EXCEPT };
}

function partialNode(block: IpBlock, halves: readonly [Node, Node]): Node {
  const [left, right] = halves;
  const corrected = sum(left.within, right.within);
  const apart = sum(left.alone, right.alone);
  const added = sum(ONE_BLOCK, corrected);
  const addsBlock = isAsCheap(added, apart);
  const alone = addsBlock ? added : apart;
  const excepted = sum(ONE_EXCEPT, alone);
  const exceptsBlock = isAsCheap(excepted, corrected);
  return { block, alone, within: exceptsBlock ? excepted : corrected, choice: { halves, addsBlock, exceptsBlock } };
}

/** Adds the terms of what the set has of the block. */
function addAlone({ block, alone, choice }: Node, terms: Term[]): void {
  if (alone === NOTHING) return;
  if (choice !== undefined && !choice.addsBlock) {
    for (const half of choice.halves) addAlone(half, terms);
    return;
  }
  const term: Term = { block, excepts: [] };
  terms.push(term);
  for (const half of choice?.halves ?? []) correctWithin(half, term, terms);
}

/** Takes away from `term`, whose block is around this one, what the set does not have of it. */
function correctWithin(node: Node, term: Term, terms: Term[]): void {
  const { block, within, choice } = node;
  if (within === NOTHING) return;
  if (choice !== undefined && !choice.exceptsBlock) {
    for (const half of choice.halves) correctWithin(half, term, terms);
    return;
  }
  term.excepts.push(block);
  addAlone(node, terms);
}

function sum(a: Cost, b: Cost): Cost {
  return { terms: a.terms + b.terms, excepts: a.excepts + b.excepts };
}

function isAsCheap(a: Cost, b: Cost): boolean {
  return a.terms === b.terms ? a.excepts <= b.excepts : a.terms < b.terms;
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
