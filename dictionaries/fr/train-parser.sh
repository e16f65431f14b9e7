#!/bin/sh
# usage: train-parser.sh BUILD FOLDER   makes parser.model beside this script
#
# FOLDER holds UD French-Sequoia (train part) and UD French-GSD (dev part). The parser
# learns from each quarter as a tagger sees it that was trained on the other three.
set -eu
build=$1 here=$(dirname "$0") work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
set -- "$2/fr_sequoia-ud-train.conllu" "$2/fr_gsd-ud-dev.conllu"
awk -v RS= -v ORS='\n\n' -v out="$work/part" '{ print > (out NR % 4) }' "$@"
pairs=
for part in 0 1 2 3; do
    others=
    for other in 0 1 2 3; do
        [ $other = $part ] || others="$others $work/part$other"
    done
    # shellcheck disable=SC2086
    "$build/train-tagger" train "$work/tagger$part" $others
    pairs="$pairs $work/tagger$part $work/part$part"
done
# shellcheck disable=SC2086
"$build/train-parser" train "$here/parser.model" $pairs
