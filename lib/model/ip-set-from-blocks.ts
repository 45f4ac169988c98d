import { blockText, type Family, type IpBlock, lastOf, parseAddress, parseBlock } from './ip-block';
import { difference, type IpSet, ofBlock, unionOf } from './ip-set-algebra';
import { type Problem, ZeroTrustError } from './problem';

const NAMES: Readonly<Record<Family, string>> = { v4: 'IPv4', v6: 'IPv6' };

/**
 * The addresses of a block that are in none of `excluding`.
 *
 * @throws ZeroTrustError for text that is not a block (`cidr`), for bits set after the prefix (`cidr-host-bits`), and
 *   for an excluded block that is not strictly inside, or is given twice (`cidr-except`).
 */
export function fromBlock(cidr: string, excluding: readonly string[] = []): IpSet {
  const block = parseBlock(cidr);
  // Most blocks have no exception.
  if (excluding.length === 0) return ofBlock(block);
  const excepts = parseEach(excluding);
  const before = new Set<string>();
  const problems = excepts.flatMap((except, i) => {
    const fault = exceptFault(block, except, before);
    before.add(blockText(except));
    return fault === undefined ? [] : [exceptProblem(cidr, excluding[i], fault)];
  });
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return difference(ofBlock(block), unionOf(excepts.map(ofBlock)));
}

/** The addresses of all these blocks. @throws ZeroTrustError with a problem for each block that is wrong. */
export function fromBlocks(cidrs: readonly string[]): IpSet {
  return unionOf(eachOfBlocks(cidrs));
}

/** The addresses of each of these blocks by itself. @throws ZeroTrustError with a problem for each block that is wrong. */
export function eachOfBlocks(cidrs: readonly string[]): readonly IpSet[] {
  return parseEach(cidrs).map(ofBlock);
}

/** One address. @throws ZeroTrustError for text that is not one address. */
export function fromAddress(text: string): IpSet {
  return ofBlock(parseAddress(text));
}

function parseEach(cidrs: readonly string[]): IpBlock[] {
  const blocks: IpBlock[] = [];
  const problems: Problem[] = [];
  for (const cidr of cidrs) {
    try {
      blocks.push(parseBlock(cidr));
    } catch (error) {
      if (!(error instanceof ZeroTrustError)) throw error;
      for (const problem of error.problems) problems.push(problem);
    }
  }
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return blocks;
}

// The API server refuses what is not a strict subset (ValidateIPBlock in pkg/apis/networking/validation). A block given
// twice it takes; to us it is a typing mistake for another block, which would stay open.
function exceptFault(block: IpBlock, except: IpBlock, before: ReadonlySet<string>): string | undefined {
  if (except.family !== block.family) return `is ${NAMES[except.family]}, and the block is ${NAMES[block.family]}`;
  if (isSame(except, block)) return 'is the whole block, so that nothing would be left';
  if (except.first < block.first || lastOf(except) > lastOf(block)) return 'is not inside the block';
  if (before.has(blockText(except))) return 'is excluded twice';
  return undefined;
}

function isSame(a: IpBlock, b: IpBlock): boolean {
  return a.family === b.family && a.first === b.first && a.prefix === b.prefix;
}

function exceptProblem(cidr: string, except: string, fault: string): Problem {
  return {
    rule: 'cidr-except',
    what: `The part '${except}' that is excluded from '${cidr}' ${fault}`,
    value: except,
    allowed: `smaller blocks inside '${cidr}', each once`,
    fix: `Exclude a block inside '${cidr}', or leave '${except}' out.`,
  };
}
