import { isAddress, isHost, podsInWords } from '../asking/words';
import * as ips from '../model/ip-set';
import { ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import { Hostname } from '../values/hostname';
import { type PeerSpec, peerSpec } from '../values/peer';

/** What the words for an end say, as what stands at the end of a flow does. @throws for words that say nothing. */
export function endOfWords(words: string): PeerSpec {
  if (isAddress(words)) {
    const addresses = ips.fromBlock(`${words}/${words.includes(':') ? 128 : 32}`);
    return { kind: 'block', addresses, parts: [addresses], text: words };
  }
  if (isHost(words)) return peerSpec(Hostname.exact(words));
  const pods = podsInWords(words);
  if (pods === undefined) throw notAnEnd(words);
  return { kind: 'pods', namespaces: pods.namespaces, pods: pods.pods };
}

/** Refuses what is no end of a connection. */
export function notAnEnd(end: unknown): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'test-end',
    what: `${shown(end)} is not an end of a connection`,
    value: typeof end === 'string' ? end : shown(end),
    allowed:
      "whatever can stand at the end of a flow, 'namespace/label=value,label=value', 'namespace/*' for any pod, an address, or the name of a host",
    fix: "toAllow('ai-gateway/app=envoy', 'ai-inference/app=vllm', Port.tcp(8000))",
  });
}
