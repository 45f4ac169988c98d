#!/usr/bin/env bash
# Makes the archive of a release that krew installs from what `npm pack` made: krew links to the binary, which npm only makes
# executable where it installs it. Usage: krew/archive.sh cdk8s-zero-trust-0.1.0.tgz kubectl-zero-trust.tar.gz
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tar -xzf "$1" -C "$folder"
chmod +x "$folder/package/build/lib/cli/bin.js"
tar -czf "$2" -C "$folder" package
