// Tells the article from the page around it, and says what its parts are.
//
// The method is jusText (Jan Pomikálek, "Removing Boilerplate and Duplicate Content from
// Web Corpora", thesis, Masaryk University 2011, chapter 3): blocks are classed by
// length, link density and density of function words; then short and doubtful ones by
// their neighbours. Two things are added. A block without the end of a sentence counts as
// a headline (as in Kohlschütter et al., "Boilerplate Detection using Shallow Text
// Features", WSDM 2010); and the article is the stretch of blocks with the greatest sum
// of words of sentences less a price for each other block (the maximum subsequence of
// Pasternack and Roth, "Extracting Article Text from the Web with Maximum Subsequence
// Segmentation", WWW 2009). What the markup says - elements, names of boxes, buttons
// and forms - and cue words (furniture_cues.h) are further signs of a block.
#ifndef CQ_READERS_FURNITURE_H
#define CQ_READERS_FURNITURE_H

#include "text/document.h"

// Of a page (HTML, or its dump): sets block.skip to CQ_SKIP_FURNITURE for what does not
// belong to the article, and lists it in document.skipped; sets the kinds of what does
// belong (title, subtitle, byline, caption, related link, bio, contents), and where they
// are found document.title, authors and published. Of any other document, and of a page
// in which no article is found: nothing.
void cq_furniture_mark(cq_document *d);

#endif
