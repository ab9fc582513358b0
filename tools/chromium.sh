#!/bin/sh
# Make sure that the browser tests have a Chromium; print its path.
# CHROMIUM overrides the search. On Debian and Ubuntu it is installed with apt-get when missing.
set -eu
for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$candidate" ] || continue
    if path=$(command -v "$candidate" 2>/dev/null); then
        # Ubuntu's /usr/bin/chromium-browser may be a stub that only asks for a snap.
        if "$path" --version >/dev/null 2>&1; then
            echo "$path"
            exit 0
        fi
    fi
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No Chromium found and no apt-get to install one. Install Chromium, or set CHROMIUM to a" >&2
    echo "Chrome or Chromium program, and try again." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1; then
        as_root="sudo"
    else
        echo "Chromium is missing and needs root to install. Run: apt-get install chromium" >&2
        exit 1
    fi
fi
echo "Installing Chromium for the browser tests ..." >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q >&2
$as_root apt-get install -y -q --no-install-recommends chromium >&2
command -v chromium
