#!/bin/sh
# Prints the samples that the app carries. They are kept printed: run it after a change of the texts.
# Needs Chromium, and the fonts that `npm ci` puts into ui/node_modules.
set -eu
cd "$(dirname "$0")"
for name in how-to-learn cara-belajar; do
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --allow-file-access-from-files \
        --generate-pdf-document-outline --print-to-pdf="$name.pdf" "file://$PWD/$name.html"
done
