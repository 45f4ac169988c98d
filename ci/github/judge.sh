#!/usr/bin/env bash
# Checks, compares and proves the manifests of a pull request. Nothing fails here: the outputs say how each ended, and
# `failed` says why the job has to fail. Given: CLUSTER, CONFIG, ENGINE, FAIL_ON, FAIL_ON_CHANGE, NEW, OLD, PROVE, UNKNOWN,
# VERSION, WHY (see action.yml and base.sh).
set -uo pipefail

results=$(mktemp -d "$RUNNER_TEMP/zero-trust-XXXXXX")
readonly results
failed=()

# A graph says by itself which cluster it is for. Lists may be empty, which the bash of macOS takes for not being there.
settings=()
[ -z "$CONFIG" ] || settings+=(--config "$CONFIG")
reading=(${settings[@]+"${settings[@]}"})
[ -z "$ENGINE" ] || reading+=(--engine "$ENGINE")
[ -z "$CLUSTER" ] || reading+=(--cluster "$CLUSTER")

cdk8s-zero-trust() {
  npx --yes "cdk8s-zero-trust@$VERSION" "$@"
}

main() {
  check
  if [ -n "$OLD" ]; then compare; else not_compared; fi
  if is_proved; then prove; fi
  output failed "$(IFS=';'; echo "${failed[*]-}")"
}

check() {
  cdk8s-zero-trust check "$NEW" --fail-on "$FAIL_ON" ${reading[@]+"${reading[@]}"} --format sarif --output "$results/findings.sarif" --format github
  ended check $? 'the checks found something'
  [ ! -s "$results/findings.sarif" ] || output sarif "$results/findings.sarif"
}

compare() {
  cdk8s-zero-trust diff "$OLD" "$NEW" --fail-on "$FAIL_ON_CHANGE" ${reading[@]+"${reading[@]}"} --quiet
  ended diff $? 'paths changed, or could not be compared'
  cdk8s-zero-trust comment "$OLD" "$NEW" ${reading[@]+"${reading[@]}"} --quiet --output "$results/comment.md" ||
    say '**The manifests could not be compared.** The log of the job says why.'
  tell
}

not_compared() {
  say "**Nothing is compared.** $WHY."
  tell
  # What is not known may have opened something: that is no reason to pass where opening something fails.
  [ "$UNKNOWN" != true ] || [ "$FAIL_ON_CHANGE" = none ] || failed+=('the base could not be rendered, so that changes of paths are not known')
}

say() {
  printf '%s\n' "$1" > "$results/comment.md"
}

tell() {
  cat "$results/comment.md" >> "$GITHUB_STEP_SUMMARY"
  output comment "$results/comment.md"
}

is_proved() {
  case "$PROVE" in
    always) true ;;
    auto) [ -n "$(find "$NEW" -name graph.json -print -quit 2> /dev/null)" ] ;;
    *) false ;;
  esac
}

prove() {
  cdk8s-zero-trust prove "$NEW" ${settings[@]+"${settings[@]}"}
  ended prove $? 'the manifests are not proved'
}

# What a command ended with, and why that fails the job if it does.
ended() {
  output "$1" "$2"
  [ "$2" -eq 0 ] || failed+=("$3 ($1 ended with $2)")
}

output() {
  echo "$1=$2" >> "$GITHUB_OUTPUT"
}

main
