import { UNREACHABLE } from './answer';
import { API_SERVER, NAME_SERVER } from './plan';
import { ROUNDS } from './verdict';

/**
 * What the container of a Job runs, in the shell of its image: legs as arguments, `id,allow,tcp,host:port`. It waits, then
 * tries all legs until each is as expected or its patience is over (a new pod may be open for a while, or closed), and then
 * a few times more, each a new connection. What it prints is what counts; by its exit code alone Argo CD and Helm see
 * whether all was as expected.
 */
export const SCRIPT = `set -u
case "\${KUBERNETES_SERVICE_HOST:-}" in
*:*) api="[$KUBERNETES_SERVICE_HOST]:\${KUBERNETES_SERVICE_PORT:-443}" ;;
*) api="\${KUBERNETES_SERVICE_HOST:-}:\${KUBERNETES_SERVICE_PORT:-443}" ;;
esac
# Sets said to what connect says, OPEN where that is nothing.
dial() {
  if said="$($PROBE_CONNECT "$1" --protocol="$2" --timeout="$PROBE_TIMEOUT" 2>&1)"; then said=OPEN; fi
  if [ -z "$said" ]; then said=BROKEN; fi
  said="$(echo "$said" | tr '\\n' ' ')"
}
# Asks the name server of the pod over UDP, and sets said as dial does. Any answer shows the way there and back, but for a
# refusal, which a proxy before the name server may have written. By its exit code dig says that there was an answer.
ask() {
  server="$(awk '$1 == "nameserver" { print $2; exit }' "$PROBE_RESOLV_CONF" 2>&1)"
  said="$($PROBE_QUERY +tries=1 +time="\${PROBE_TIMEOUT%s}" +ignore "@$server" "$PROBE_QUESTION" 2>&1)"
  case "$? $said" in
  '0 '*'status: REFUSED'*) said='OTHER: the answer is REFUSED' ;;
  '0 '*'status: '*) said=OPEN ;;
  '9 '*'connection refused'*) said=REFUSED ;;
  '9 '*'timed out'*) said=TIMEOUT ;;
  '9 '*) said="OTHER: $said" ;;
  *) said="BROKEN $said" ;;
  esac
  said="$(echo "$said" | tr '\\n' ' ')"
}
is_as_expected() {
  case "$1 $said" in
  'allow OPEN'* | 'deny TIMEOUT'* | 'deny REFUSED'*) return 0 ;;
${UNREACHABLE.map((text) => `  'deny OTHER'*'${text}'*) return 0 ;;`).join('\n')}
  esac
  return 1
}
# Tries every leg once; wrong counts those that are not as expected.
try_all() {
  kind="$1"; round="$2"; shift 2
  wrong=0
  for leg in "$@"; do
    id="\${leg%%,*}"; rest="\${leg#*,}"
    expected="\${rest%%,*}"; rest="\${rest#*,}"
    protocol="\${rest%%,*}"; address="\${rest#*,}"
    case "$address" in
    ${NAME_SERVER}) ask ;;
    ${API_SERVER}) dial "$api" "$protocol" ;;
    *) dial "$address" "$protocol" ;;
    esac
    echo "$kind $round $id $said"
    is_as_expected "$expected" || wrong=$((wrong + 1))
  done
}
resolves() {
  if [ -z "\${PROBE_NAME:-}" ]; then return 0; fi
  dial "$PROBE_NAME" tcp
  case "$said" in
  OPEN* | REFUSED* | TIMEOUT* | OTHER*) echo resolved ;;
  *) echo "unresolved $said"; return 1 ;;
  esac
}
sleep "$PROBE_SETTLE"
until=$(($(date +%s) + PROBE_PATIENCE))
round=1
while :; do
  unresolved=0
  resolves || unresolved=1
  try_all settling "$round" "$@"
  if [ $((wrong + unresolved)) -eq 0 ] || [ "$(date +%s)" -ge "$until" ]; then break; fi
  round=$((round + 1))
  sleep 1
done
all=$unresolved
round=1
while [ "$round" -le ${ROUNDS} ]; do
  try_all probe "$round" "$@"
  all=$((all + wrong))
  round=$((round + 1))
  sleep "$PROBE_PAUSE"
done
echo done
[ "$all" -eq 0 ]
`;
