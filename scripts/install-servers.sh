#!/usr/bin/env bash
# Installs the Debian packages that the tests against real servers need, where they are missing. Needs root and apt.
set -euo pipefail

# command to look for : package that brings it
wanted=(
  doveadm:dovecot-imapd
  redis-server:redis-server
  psql:postgresql
  public-inbox-init:public-inbox
  chromium:chromium
  notmuch:notmuch
  git:git
  openssl:openssl
  tmux:tmux
)

missing=()
for pair in "${wanted[@]}"; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing+=("${pair##*:}")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "install-servers: everything is there"
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "install-servers: apt-get is not here; install by hand: ${missing[*]}" >&2
  exit 1
fi
echo "install-servers: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends "${missing[@]}"
