#!/bin/sh
# Rebuilds brands.tsv, the way brands write themselves, from the npm package simple-icons
# (CC0-1.0). Usage: brands.sh [VERSION] > brands.tsv        Needs npm, tar, jq.
# Kept are names of one to three words of Latin letters of which one has a capital inside:
# the others add nothing that a capital at the start does not say. Left out are names that
# are also plain words (Chatbot, Helpdesk).
set -eu
version=${1:-16.37.0}
dir=$(mktemp -d)
trap 'rm -r "$dir"' EXIT
(cd "$dir" && npm pack --silent "simple-icons@$version" >/dev/null && tar xzf ./*.tgz)
echo "# Brands with capitals inside their names. From simple-icons $version (npm), CC0-1.0; made by brands.sh."
printf '# name\ttype\taliases\torigin\n'
jq -r '.[].title' "$dir/package/data/simple-icons.json" |
    grep -E '^[A-Za-z]{4,}( [A-Za-z]{3,}){0,2}$' |
    grep -E '[a-z][A-Z]' |
    grep -vxE 'ChatBot|KnowledgeBase|HelpDesk|LiveChat|BentoBox|AList|BookStack|boAt|LocalSend|ReadMe|FontBase|HappyCow|TrueUp|OnStar|QuickLook|BeReal|UpLabs|IndiGo|MeWe|GetX|IoT|iFood|MiniMax|DeepCool|DataGrip|SideQuest|QWen' |
    LC_ALL=C sort -u |
    awk '{ print $0 "\to\t\tsimple-icons" }'
