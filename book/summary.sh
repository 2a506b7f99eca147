#!/usr/bin/env bash
# Writes the list of diagnostic pages into src/SUMMARY.md; run it after adding a code.
set -euo pipefail
cd "$(dirname "$0")/src"
{
cat <<'END'
# Summary

- [Tour](tour.md)
- [Language reference](language.md)
- [Writing rules](writing-rules.md)
- [Testing rules](testing-rules.md)
- [Command line](command-line.md)
- [Sources](sources.md)
- [Diagnostics](diagnostics/README.md)
END
for page in diagnostics/*.md; do
  name=$(basename "$page" .md)
  [ "$name" = README ] || echo "  - [$name]($page)"
done
cat <<'END'
- [Architecture](architecture.md)
- [Decisions](decisions/README.md)
END
for page in decisions/*.md; do
  [ "$(basename "$page")" = README.md ] || echo "  - [$(sed -n 's/^# //p;1q' "$page")]($page)"
done
echo "- [Changelog](changelog.md)"
} > SUMMARY.md
