#!/bin/sh
# Rebuild feedback/static from the pinned packages. Needs Node 20 or newer; its output is committed,
# so that neither setting up nor running the service needs Node.
set -eu
cd "$(dirname "$0")"
npm ci
node build.js
