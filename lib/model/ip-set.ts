// Sets of IPv4 and IPv6 addresses, under one name: `import * as ips from './ip-set'`. The algebra of intervals is in
// ip-set-algebra.ts, strict reading in ip-block.ts and ip-set-from-blocks.ts, the fewest terms in
// ip-blocks-with-excepts.ts.
export { type Block, blocks, ipsText, plainBlocks } from './ip-blocks-with-excepts';
export {
  all,
  anyIpv4,
  anyIpv6,
  appendInterval,
  contains,
  difference,
  equal,
  hasAddress,
  type IpInterval,
  type IpSet,
  intersection,
  intersects,
  isEmpty,
  none,
  sampleAddress,
  size,
  union,
  unionOf,
} from './ip-set-algebra';
export { eachOfBlocks, fromAddress, fromBlock, fromBlocks } from './ip-set-from-blocks';
