#!/usr/bin/env bash
# Finds what the manifests of a pull request are compared with, and writes it to the output `old`; empty where there is
# nothing. Given: BASE, NEW, OLD, RENDER (see action.yml).
set -euo pipefail

main() {
  if [ -n "$RENDER" ]; then
    bash -euo pipefail -c "$RENDER"
  fi
  echo "old=$(old)" >> "$GITHUB_OUTPUT"
}

old() {
  if [ -n "$OLD" ]; then
    echo "$OLD"
  elif [ -z "$BASE" ]; then
    echo "::notice::This is no pull request, so that there is nothing to compare with." >&2
  else
    # A shallow clone has the pull request alone.
    git cat-file -e "$BASE^{commit}" 2> /dev/null || git fetch --quiet --no-tags --depth=1 origin "$BASE" >&2
    if [ -n "$RENDER" ]; then rendered; else committed; fi
  fi
}

# The base beside the pull request, rendered by the same command.
rendered() {
  local tree="$RUNNER_TEMP/zero-trust-base" folder
  folder="$tree/$(git rev-parse --show-prefix)"
  git worktree add --quiet --force --detach "$tree" "$BASE" >&2
  if (cd "$folder" && bash -euo pipefail -c "$RENDER") >&2; then
    echo "${folder%/}/$NEW"
  else
    echo "::warning::The base cannot be rendered, so that nothing is compared." >&2
  fi
}

committed() {
  local path="./${NEW#./}"
  if git cat-file -e "$BASE:${path%/}" 2> /dev/null; then
    echo "git:$BASE:${path%/}"
  else
    echo "::notice::The base has no $NEW, so that there is nothing to compare with." >&2
  fi
}

main
