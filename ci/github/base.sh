#!/usr/bin/env bash
# Finds what the manifests of a pull request are compared with, and writes it to the output `old`; empty where there is
# nothing, and then `why` says why, and `unknown` is `true` where there may be something. Given: BASE, NEW, OLD, RENDER (see action.yml). What fails within $(…) would go unnoticed without `|| exit`.
set -euo pipefail

main() {
  local found
  if [ -n "$RENDER" ]; then
    bash -euo pipefail -c "$RENDER"
  fi
  found=$(old) || exit 1
  echo "old=$found" >> "$GITHUB_OUTPUT"
}

old() {
  if [ -n "$OLD" ]; then
    echo "$OLD"
  elif [ -z "$BASE" ]; then
    none notice "This is no pull request"
  else
    fetched || exit 1
    if [ -n "$RENDER" ]; then rendered || exit 1; else committed; fi
  fi
}

# A shallow clone has the pull request alone.
fetched() {
  git cat-file -e "$BASE^{commit}" 2> /dev/null || git fetch --quiet --no-tags --depth=1 origin "$BASE" >&2 || {
    echo "::error::The base $BASE cannot be fetched, so that nothing is compared. The checkout needs its history (fetch-depth: 0) or the right to fetch (contents: read, persist-credentials)." >&2
    return 1
  }
}

# The base beside the pull request, rendered by the same command.
rendered() {
  local above tree folder
  above=$(mktemp -d "$RUNNER_TEMP/zero-trust-base-XXXXXX") || return 1
  tree="$above/base"
  folder="$tree/$(git rev-parse --show-prefix)" || return 1
  git worktree add --quiet --force --detach "$tree" "$BASE" >&2 || return 1
  if [ ! -d "$folder" ]; then
    none notice "The base has no folder $(git rev-parse --show-prefix)"
  elif (cd "$folder" && bash -euo pipefail -c "$RENDER") >&2; then
    echo "${folder%/}/$NEW"
  else
    none warning "The base cannot be rendered (the log of the job says why)"
    echo "unknown=true" >> "$GITHUB_OUTPUT"
  fi
}

committed() {
  local path="./${NEW#./}"
  if git cat-file -e "$BASE:${path%/}" 2> /dev/null; then
    echo "git:$BASE:${path%/}"
  else
    none notice "The base has no $NEW"
  fi
}

none() {
  echo "::$1::$2, so that nothing is compared." >&2
  echo "why=$2" >> "$GITHUB_OUTPUT"
}

main
