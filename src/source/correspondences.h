// Function words and marks with their plainest renderings: "English forms|French forms".
// A translator is free to choose others, and does; a machine seldom is. No claim that
// they are right. Marks are those of cq_mark, in literal.c. Auxiliaries of the perfect
// are left out: their count depends on the tense of the narrative. Written for this
// project.
#ifndef CQ_SOURCE_CORRESPONDENCES_H
#define CQ_SOURCE_CORRESPONDENCES_H

static const char *const CORRESPONDENCES[] = {
    "a an|un une",
    "and|et",
    "or|ou",
    "but|mais",
    "if|si s'",
    "when|quand lorsque lorsqu'",
    "because|parce car",
    "not n't no never|pas aucun aucune jamais non",
    // Prepositions
    "in into within|dans en",
    "with|avec",
    "without|sans",
    "for|pour",
    "by|par",
    "on upon|sur",
    "between|entre",
    "after|après",
    "before|avant",
    "under|sous",
    "against|contre",
    "since|depuis",
    "during|pendant durant",
    // Pronouns and determiners
    "i me|je j' me m' moi",
    "we us|nous",
    "he she it him|il elle lui",
    "they them|ils elles leur eux",
    "my our|mon ma mes notre nos",
    "his her its|son sa ses",
    "their|leurs",
    "this these that those|ce cet cette ces cela ça ceux celui celle",
    "who which|qui lequel laquelle lesquels",
    "there|y là",
    "all|tout tous toute toutes",
    "other others another|autre autres",
    "some several|certains certaines quelques plusieurs",
    "many much lot|beaucoup nombreux nombreuses",
    "first|premier première premiers",
    // Adverbs and verbs
    "more most|plus",
    "very|très",
    "also too|aussi également",
    "now|maintenant désormais",
    "is are|est sont",
    "was were|était étaient",
    "can could|peut peuvent pouvait pourrait pourraient",
    "must should|doit doivent devrait devraient",
};

#endif
