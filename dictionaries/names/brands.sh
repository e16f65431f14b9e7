#!/bin/sh
# Rebuilds brands.tsv, the way brands write themselves, from the npm package simple-icons
# (CC0-1.0). Usage: brands.sh [VERSION] > brands.tsv        Needs npm, tar, jq, hunspell.
# Kept are names of one to three words of Latin letters. Left out are names of one word that
# is also an English or French word (Target, Orange, Chatbot), and others of the kind.
set -eu
version=${1:-16.37.0}
dir=$(mktemp -d)
trap 'rm -r "$dir"' EXIT
(cd "$dir" && npm pack --silent "simple-icons@$version" >/dev/null && tar xzf ./*.tgz)
echo "# Brands. From simple-icons $version (npm), CC0-1.0; made by brands.sh."
printf '# name\ttype\taliases\torigin\n'
jq -r '.[].title' "$dir/package/data/simple-icons.json" |
    grep -E '^[A-Za-z]{4,}( [A-Za-z]{3,}){0,2}$' |
    grep -E '[A-Z]' | LC_ALL=C sort -u > "$dir/all"
# The words of either language: hunspell -G prints what it accepts, -i what is read.
tr 'A-Z' 'a-z' < "$dir/all" | grep -v ' ' > "$dir/small"
{ hunspell -G -i utf-8 -d en_US "$dir/small"; hunspell -G -i utf-8 -d fr "$dir/small"; } | LC_ALL=C sort -u > "$dir/words"
awk 'NR == FNR { word[$0]; next } !(tolower($0) in word) || /[a-z][A-Z]/' "$dir/words" "$dir/all" |
    grep -vxE 'CARTO|Charles|ChatBot|KnowledgeBase|HelpDesk|LiveChat|BentoBox|AList|BookStack|boAt|LocalSend|ReadMe|FontBase|HappyCow|TrueUp|OnStar|QuickLook|BeReal|UpLabs|IndiGo|MeWe|GetX|IoT|iFood|MiniMax|DeepCool|DataGrip|SideQuest|QWen|European Union|United Nations|Open Access|Contactless Payment|Change Detection|Game Developer|Great Learning|Beijing Subway|Cairo Metro|Moscow Metro|Guangzhou Metro|Development Containers|Common Workflow Language|Linux Containers|Open Source Hardware|Critical Role|Cloud Native Build|Private Division|China Railway|Legacy Games|Event Store' |
    LC_ALL=C sort -u |
    awk '{ print $0 "\to\t\tsimple-icons" }'
