import { portsText } from '../model/port-set';
import { requestText } from '../model/request-match';
import type { Traffic } from '../model/traffic';
import { inline } from './plain-words';

/** Ports, and in brackets the requests that pass where not all do: `TCP/8000 (POST /v1/chat/completions)`. */
export function trafficText({ ports, requests }: Traffic): string {
  const text = portsText(ports);
  return requests === undefined ? text : `${text} (${requests.map((it) => inline(requestText(it))).join('; ')})`;
}
