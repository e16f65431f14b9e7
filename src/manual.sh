#!/bin/sh
# Makes calque.3 from the public header: its first comment becomes the description, every
# further declaration stands as it is, with its comments.
set -eu
header=$1
version=$(sed -n 's/^#define CQ_VERSION "\(.*\)"/\1/p' "$header")
printf '.TH CALQUE 3 "" "calque %s" "Library Functions Manual"\n' "$version"
printf '.SH NAME\nlibcalque \\- check machine\\-translated articles from C\n'
printf '.SH SYNOPSIS\n.B #include <calque.h>\n.PP\ncc prog.c $(pkg\\-config \\-\\-cflags \\-\\-libs calque)\n'
awk '
function plain(s) { gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s); sub(/^[.\x27]/, "\\\\\\&&", s); return s }
NR == 1 { print ".SH DESCRIPTION"; intro = 1 }
intro {
    last = /\*\//
    sub(/^\/\* ?/, ""); sub(/^ \* ?/, ""); sub(/ ?\*\/.*/, "")
    print ($0 == "" ? ".PP" : plain($0))
    if (last) { intro = 0; print ".SH INTERFACE\n.nf" }
    next
}
/^#(ifndef|ifdef|endif|pragma|include)/ || /^#define CALQUE_H/ || /^extern "C"/ || /^}$/ { next }
/^$/ { if (!blank) print ""; blank = 1; next }
{ blank = 0; print plain($0) }
END { print ".fi" }
' "$header"
printf '.SH EXAMPLE\n.nf\n'
sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e 's/^\([.'"'"']\)/\\\&\1/' "$(dirname "$header")/../tests/example.c"
printf '.fi\n.SH SEE ALSO\n.BR calque (1)\n'
