import type { Random } from '../../judges/random';
import { around, isStrictlyIn, numbersOf, partOf } from '../address-blocks';
import type { Edit } from '../edit';
import { type Block, blocksOf, type Files, policiesOf } from '../manifests';

/** A shorter prefix, or an except less. */
export function widenBlocks(files: Files, random: Random): Edit[] {
  return policiesOf(files)
    .flatMap(blocksOf)
    .flatMap((block): Edit[] => {
      const { except = [] } = block;
      const numbers = numbersOf(block.cidr);
      const shorter = Math.max(0, numbers.length - random.oneOf([1, 2, 8, 128]));
      return [
        ...except.map((_, i) => () => void except.splice(i, 1)),
        ...except.flatMap((each, i) => smallerPart(each, random).map((part) => () => void except.splice(i, 1, part))),
        ...(except.length === 0
          ? []
          : [
              () => {
                delete block.except;
              },
            ]),
        ...(shorter === numbers.length
          ? []
          : [
              () => {
                block.cidr = around(numbers, shorter);
              },
            ]),
      ];
    });
}

/** A longer prefix, or an except more. */
export function narrowBlocks(files: Files, random: Random): Edit[] {
  return policiesOf(files)
    .flatMap(blocksOf)
    .flatMap((block): Edit[] =>
      smallerPart(block.cidr, random).flatMap((part) => [
        () => {
          block.cidr = part;
          if (block.except) block.except = block.except.filter((each) => isStrictlyIn(each, part));
        },
        () => {
          block.except = [...(block.except ?? []), part];
        },
        ...widerExcepts(block),
      ]),
    );
}

function widerExcepts(block: Block): Edit[] {
  const { cidr, except = [] } = block;
  return except.flatMap((each, i) => {
    const numbers = numbersOf(each);
    const wider = around(numbers, Math.max(0, numbers.length - 1));
    return isStrictlyIn(wider, cidr) ? [() => void except.splice(i, 1, wider)] : [];
  });
}

/** At random the first, the last, or any part; none of a single address. */
function smallerPart(cidr: string, random: Random): string[] {
  const numbers = numbersOf(cidr);
  const longer = Math.min(numbers.width, numbers.length + random.oneOf([1, 2, 8, 128]));
  if (longer === numbers.length) return [];
  const parts = 1n << BigInt(longer - numbers.length);
  return [partOf(numbers, longer, random.oneOf([0n, parts - 1n, parts / 2n]))];
}
