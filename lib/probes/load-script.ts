/**
 * What the container of a load Job runs, in the bash of its image, which opens connections by itself: it needs no program
 * for each, and no more memory for many. It opens as many as are asked for, and again each that the server closed, and says
 * every second how many there are. Only what the kernel calls established counts: one that is being dropped is not held.
 */
export const LOAD_SCRIPT = `set -u
printf -v port '%04X' "$PROBE_PORT"
established() { cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -c -E "^ *[0-9]+: [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:$port 01 "; }
while :; do
  sleep 1
  echo "holding $(established) of $PROBE_CONNECTIONS"
done &
fds=()
# A read that has to wait is of a connection that is open, and one that ends at once of one that was closed. What a server
# says unasked is read away, as far as it comes to an end.
is_open() {
  [ -n "\${fds[$1]:-}" ] || return 1
  for ((reads = 0; reads < 16; reads++)); do
    read -r -n 4096 -t 0.001 -u "\${fds[$1]}" _
    status=$?
    if [ "$status" -gt 128 ]; then return 0; fi
    if [ "$status" -ne 0 ]; then return 1; fi
  done
}
while :; do
  for ((i = 0; i < PROBE_CONNECTIONS; i++)); do
    if is_open "$i"; then continue; fi
    if [ -n "\${fds[$i]:-}" ]; then fd="\${fds[$i]}"; exec {fd}>&-; fds[$i]=; fi
    if { exec {fd}<>"/dev/tcp/$PROBE_HOST/$PROBE_PORT"; } 2>/dev/null; then fds[$i]="$fd"; else sleep 1; fi
  done
  sleep 1
done
`;
