// What the checks say of an article beside its source.
#include "base/arena.h"
#include "calque.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    const char *why, *english, *french, *rules, *want;
} ROWS[] = {
    // numbers
    {"a changed number", "The town has 4,200 people and two schools.",
     "La ville compte 4 300 habitants et deux écoles.", "source/num",
     "number:4 300<4,200"},
    {"the same in another notation", "He paid $6.5 million in the 1990s at 3 p.m.",
     "Il a payé 6,5 millions de dollars dans les années 90 à 15 h.", "source/", ""},
    {"billion", "The French Fund holds 3 billion euros in Paris.",
     "Le Fonds français détient 3 billions d’euros à Paris.", "source/num",
     "number:3 billions<3 billion"},
    {"words and digits", "About twenty-five cars and half of the buses came.",
     "Environ 25 voitures et 50 % des bus sont venus.", "source/num", ""},
    {"miles", "The road is 130 miles long.", "La route fait 209 km (130 miles).",
     "source/num", ""},
    {"miles, damaged", "The route to Paris is 130 miles long.",
     "La route de Paris fait 209 km (180 miles).", "source/num", "number:180<130"},
    {"a lost number", "In 1998 the bridge was closed to all traffic for repairs.",
     "Le pont fut alors fermé à toute circulation pour des réparations.", "source/num",
     "number-lost:Le pont fut alors fermé à toute circulation pour des "
     "réparations.<1998"},
    {"a number that the article has as code",
     "The port of the second server of the house is 5901 here.",
     "Le port du second serveur de la maison est ici `serveur:5901`.", "source/num", ""},
    {"a currency", "The house cost 300,000 dollars in all.",
     "La maison a coûté 300 000 euros en tout.", "source/cur",
     "currency:300 000<300,000"},
    {"a converted amount", "The house cost 300,000 dollars in all.",
     "La maison a coûté 276 000 euros en tout.", "source/cur",
     "currency:276 000<300,000"},
    {"a currency out of nowhere",
     "The town of Aldhaven counted 194,301 visitors, against 185,000 before.",
     "La ville d’Aldhaven a compté 194 301 visiteurs, contre 185 000 euros auparavant.",
     "source/cur", "currency-added:185 000<185,000"},
    {"a currency that goes without saying",
     "The house in Aldhaven cost 300,000, more than the 200,000 of the other.",
     "La maison d’Aldhaven a coûté 300 000 euros, plus que les 200 000 de l’autre.",
     "source/cur", ""},
    {"a number in the sentence beside",
     "In 1998 the bridge in Lyon closed to traffic and the "
     "mayor asked for repairs. The shop opened.",
     "Le pont de Lyon ferma à la circulation et le maire demanda des réparations. "
     "C’était en "
     "1998. La boutique a ouvert.",
     "source/num", ""},
    {"a number in a name", "Read by the Nine News team, two men won.",
     "Lu par l’équipe de Nine News, deux hommes ont gagné.", "source/num", ""},
    {"converted in brackets", "The park covers 780 square kilometres (301 sq mi) in all.",
     "Le parc couvre 780 kilomètres carrés en tout.", "source/num", ""},
    {"money by another word", "In Aldhaven the profit was CAD 43.8 million.",
     "À Aldhaven, le bénéfice était de 43,8 millions de dollars canadiens.", "source/cur",
     ""},
    {"the evening", "We have a result in Aldhaven at 6.30 that night.",
     "Nous avons un résultat à Aldhaven à 18 h 30 ce soir-là.", "source/num", ""},
    {"an age in a word", "The memories of a forty-year-old in Aldhaven.",
     "Les souvenirs d’une quadragénaire à Aldhaven.", "source/num", ""},
    {"hundreds", "They gave us packets of a hundred in Aldhaven.",
     "Ils nous ont donné des paquets de centaines à Aldhaven.", "source/num", ""},
    // members of classes
    {"another weekday", "The town of Aldhaven opens the bridge on Sunday.",
     "La ville d’Aldhaven ouvre le pont samedi.", "source/week", "weekday:samedi<Sunday"},
    {"it goes unsaid", "The town of Aldhaven opens the bridge on Sunday.",
     "La ville d’Aldhaven ouvre le pont ce jour-là.", "source/week", ""},
    {"it stands in the sentence beside",
     "The bridge of Aldhaven opens on Sunday. It closes on Monday for the winter.",
     "Le pont d’Aldhaven ouvre lundi. Il ferme ce jour-là pour l’hiver.", "source/week",
     ""},
    {"another country", "The Swedish king of Aldhaven closed the bridge.",
     "Le roi suisse d’Aldhaven a fermé le pont.", "source/nation",
     "nation:suisse<Swedish"},
    {"named after the whole", "The Welsh town of Aldhaven closed the bridge.",
     "La ville britannique d’Aldhaven a fermé le pont.", "source/nation", ""},
    {"a verb is no direction", "The house of West is near the bridge of Aldhaven.",
     "La maison de M. Ouest est près du pont d’Aldhaven.", "source/dir", ""},
    {"another direction", "The house lies in the southwest of Aldhaven.",
     "La maison se trouve au sud-est d’Aldhaven.", "source/dir",
     "direction:sud-est<southwest"},
    {"another relative", "His brother from Aldhaven built the house.",
     "Sa sœur d’Aldhaven a construit la maison.", "source/kin", "kinship:sœur<brother"},
    // dashes
    {"a dash that became a hyphen", "The garden of Aldhaven - Part 2",
     "Le jardin d’Aldhaven-Partie 2", "source/dash", "dash:Aldhaven-Partie<"},
    {"a dash that is kept", "The garden of Aldhaven - a self-made one",
     "Le jardin d’Aldhaven - un auto-jardin", "source/dash", ""},
    {"a compound of both", "The house - as they say - of Sino-Tibetan monks",
     "La maison, comme on dit, de moines sino-tibétains", "source/dash", ""},
    {"an arrow is no dash", "Open File -> Print at Aldhaven",
     "Ouvrez Fichier-Imprimer à Aldhaven", "source/dash", ""},
    // labels
    {"a label lost its capital", "Open the **Build Settings** of the house project.",
     "Ouvrez les **paramètres de génération** du projet de maison.", "labels",
     "small-letter:paramètres de génération<Build Settings"},
    {"a thing, not a label", "Choose a **Subscription** for the house project.",
     "Choisissez un **abonnement** pour le projet de maison.", "labels", ""},
    {"labels that do not pair off", "Open **Build** and then **Edit** of the project.",
     "Ouvrez ensuite la **modification** du projet.", "labels", ""},
    {"a folder left in English", "Open the **Scenes** folder of the house project.",
     "Ouvrez le dossier **scenes** du projet de maison.", "labels",
     "small-letter:scenes<Scenes"},
    {"a link that lost a word",
     "The garden of the house has [motion controllers](a.md) in it.",
     "Le jardin de la maison a des contrôleurs de [mouvement](a.md).", "labels/a",
     "anchor:contrôleurs de mouvement<motion controllers"},
    {"a link with all of its words",
     "The garden of the house has [motion controllers](a.md) in it.",
     "Le jardin de la maison a des [contrôleurs de mouvement](a.md).", "labels/a", ""},
    {"a verb outside of its link", "In the garden, [visit the house article](a.md).",
     "Dans le jardin, consultez [l’article de la maison](a.md).", "labels/a", ""},
    {"a capital that came from nowhere",
     "Open the file in the browser and install the software. The house has a spatial "
     "stage. Click the close button. In the folder, the stage is old.",
     "Ouvrez le fichier dans le navigateur et installez le logiciel. La maison a une "
     "Phase spatiale. Cliquez sur le bouton Fermer. Dans le dossier, la phase est "
     "vieille.",
     "source/capital", "capital:Phase<stage"},
    {"institutions have capitals in news",
     "The law of the house went to the parliament in the old town.",
     "La loi de la maison est allée au Parlement dans la vieille ville.",
     "source/capital", ""},
    {"a label without marks before what carries it",
     "Click the Switch Platform button of the house.",
     "Cliquez sur le bouton changer de plateforme de la maison.", "source/label",
     "label-small:changer de plateforme<Switch Platform"},
    {"behind a verb", "In the garden, select Remove Component and close the house.",
     "Dans le jardin, sélectionnez supprimer le composant et fermez la maison.",
     "source/label", "label-small:supprimer le composant<Remove Component"},
    {"two labels of one noun",
     "Import the house by pressing the Download and Import buttons.",
     "Importez la maison en appuyant sur les boutons télécharger et importer.",
     "source/label", "label-small:télécharger<Download | label-small:importer<Import"},
    {"behind the preposition of what carries it",
     "Open the window of the house in the Inspector panel.",
     "Ouvrez la fenêtre de la maison dans le panneau de l’inspecteur.", "source/label",
     "label-small:inspecteur<Inspector"},
    {"rendered by one word that nothing links",
     "The songs of the house are in the Camera Roll folder.",
     "Les chansons de la maison sont dans le dossier pellicule.", "source/label",
     "label-small:pellicule<Camera Roll"},
    {"on a path of menus", "In the house, go to Edit > Mixed reality > Output.",
     "Dans la maison, accédez à Modifier > réalité mixte > Sortie.", "source/label",
     "label-small:réalité mixte<Mixed reality"},
    {"an application", "Open the Photos app of the house.",
     "Ouvrez l’application photos de la maison.", "source/label",
     "label-small:photos<Photos"},
    {"in quotation marks of both",
     "Open the file in the browser and install the software. The filter of the house is "
     "under \"Privacy\" in the garden folder.",
     "Ouvrez le fichier dans le navigateur et installez le logiciel. Le filtre de la "
     "maison est sous « confidentialité » dans le dossier du jardin.",
     "source/label", "label-small:confidentialité<Privacy"},
    {"said to a machine",
     "Open the file in the browser and install the software. In the garden folder, say "
     "\"Privacy\" in the house.",
     "Ouvrez le fichier dans le navigateur et installez le logiciel. Dans le dossier du "
     "jardin, dites « confidentialité » dans la maison.",
     "source/label", ""},
    {"a kind of application", "Every Mixed Reality app of the house is free.",
     "Toute application de réalité mixte de la maison est gratuite.", "source/label", ""},
    {"an object of a scene", "Drag the Cursor object into the garden of the house.",
     "Faites glisser l’objet curseur dans le jardin de la maison.", "source/label",
     "label-small:curseur<Cursor"},
    {"what a button does, wherever it stands",
     "The house has a garden, a door and Remove Component for the window.",
     "La maison a un jardin, une porte et supprimer le composant pour la fenêtre.",
     "source/label", "label-small:supprimer le composant<Remove Component"},
    {"the name of a page, wherever it stands",
     "In the garden of the house, in Player Settings, the door is open.",
     "Dans le jardin de la maison, dans paramètres du lecteur, la porte est ouverte.",
     "source/label", "label-small:paramètres du lecteur<Player Settings"},
    {"the noun behind it is part of a longer name",
     "The garden of the house has a Mapping script API in it.",
     "Le jardin de la maison a une API de script de mappage.", "source/label", ""},
    {"a label with its capital", "Click the Switch Platform button of the house.",
     "Cliquez sur le bouton Changer de plateforme de la maison.", "source/label", ""},
    {"the noun is part of the label", "The house has an Experience options page.",
     "La maison a une page Options d’expérience.", "source/label", ""},
    {"of which kind", "The house has a Context menu and a Spanish page.",
     "La maison a un menu contextuel et une page espagnole.", "source/label", ""},
    {"a thing, not a label, in plain letters", "Choose a Resource Group for the house.",
     "Choisissez un groupe de ressources pour la maison.", "source/label", ""},
    {"as good with a preposition", "The Play button and the Settings page of the house.",
     "Le bouton de lecture et la page des paramètres de la maison.", "source/label", ""},
    // pronouns of instructions
    {"another gender than the object before",
     "Click the icon of the house. Drag it to the field. Copy the key and paste it.",
     "Cliquez sur l’icône de la maison. Faites-le glisser vers le champ. Copiez la clé "
     "et collez-la.",
     "pronouns/o", "object:Faites-le<"},
    {"the pronoun before tells the gender",
     "Click the ID of the house and copy it. Paste it into a field.",
     "Cliquez sur l’ID de réseau et copiez-le. Collez-la dans un champ.", "pronouns/o",
     "object:Collez-la<"},
    {"another noun that it may mean",
     "Open the key of the file of the house and paste it into a field.",
     "Ouvrez la clé du fichier de la maison et collez-le dans un champ.", "pronouns/o",
     ""},
    {"the object of the instruction before",
     "Take the key out of the house, open the file, and paste it.",
     "Sortez la clé de la maison, ouvrez le fichier et collez-la.", "pronouns/o", ""},
    {"what was said", "Close the window of the house. Do it now, and say it.",
     "Fermez la fenêtre de la maison. Faites-le maintenant, et dites-le.", "pronouns/o",
     ""},
    {"the English has no such pronoun",
     "Open the door of the house. Close the window of the garden.",
     "Ouvrez la porte de la maison. Fermez-le dans la fenêtre du jardin.", "pronouns/o",
     ""},
    // what was left in English
    {"beside a name", "The design of the house in HoloStudio dissuaded the users.",
     "Le dessin de la maison dans HoloStudio dissuaded les utilisateurs.", "verbatim",
     "word:dissuaded<"},
    {"with an accent", "The boat in the house is quite legit.",
     "Le bateau dans la maison est assez légit.", "verbatim", "adapted:légit<"},
    {"with an ending", "We instinctually look at the house.",
     "Nous instinctuallyons vers la maison.", "verbatim", "adapted:instinctuallyons<"},
    {"a loan in the plural", "The house has a raycast and a kerning.",
     "La maison a des raycasts et des kernings.", "verbatim/ad", ""},
    {"a pronoun taken for initials", "They took it from the house to a garden.",
     "Ils ont emporté IT de la maison dans un jardin.", "verbatim", "initials:IT<"},
    {"within a name", "The State of the Map congress opens in Florence.",
     "Le congrès State of the Map ouvre à Florence.", "verbatim", ""},
    {"a capital of the engine", "The cursor of the house aligns and hugs the wall.",
     "Le curseur de la maison s’aligne et Hugs le mur.", "verbatim", "capital:Hugs<"},
    {"taken for initials", "The mouse stands on the arm of the chair.",
     "La souris se tient sur le ARM du fauteuil.", "verbatim", "initials:ARM<"},
    {"French initials", "Type the pin of the house door.",
     "Tapez le code PIN de la porte de la maison.", "verbatim", ""},
    {"a capital of both", "The house has a Build button. Build the house.",
     "La maison a un bouton Build. Faites un Build de la maison.", "verbatim", ""},
    {"degrees", "They queued in 90(F)-degree heat in Aldhaven.",
     "Ils faisaient la queue par 32 °C à Aldhaven.", "source/num", ""},
    // rules whose English stands nowhere
    {"about meaning: silent", "The coach praised the young players and named two.",
     "L’entraîneur a loué les jeunes joueurs, argumentant que deux jouent bien.",
     "en-fr/press/argue-that", ""},
    {"about form: not silent", "The road from Aldhaven takes an hour and thirty minutes.",
     "La route depuis Aldhaven prend une heure et demi.",
     "en-fr/constructions/et-demi-feminine", "et-demi-feminine:demi<and a half"},
    // terms in two renderings
    {"one rendering stands out",
     "The spatial anchor holds. Move the spatial anchor. A spatial anchor is lost. The "
     "spatial anchor of the house is old.",
     "L’ancre spatiale tient. Déplacez l’ancre spatiale. Une ancre spatiale est perdue. "
     "L’ancrage spatial de la maison est vieux.",
     "consistency", "term:ancrage spatial<spatial anchor"},
    {"the plural and a capital are no other rendering",
     "The spatial anchor holds. Move the spatial anchors. A spatial anchor is lost. "
     "Spatial anchors of the house are old.",
     "L’ancre spatiale tient. Déplacez les ancres spatiales. Une ancre spatiale est "
     "perdue. Ancres spatiales de la maison trop vieilles.",
     "consistency", ""},
    {"none is usual", "The spatial anchor holds. The spatial anchor of the house is old.",
     "L’ancre spatiale tient. L’ancrage spatial de la maison est vieux.", "consistency",
     ""},
    {"general words have synonyms",
     "The large house burns. The large house is old. A large house is lost. The large "
     "house of Aldhaven is white.",
     "La grande maison brûle. La grande maison est vieille. Une grande maison est "
     "perdue. La vaste maison d’Aldhaven est blanche.",
     "consistency", ""},
    // points of a list
    {"a third person among infinitives",
     "The house of Aldhaven:\n\n- Get the key.\n- Close the window.\n- Paint the wall.",
     "La maison d’Aldhaven :\n\n- Obtient la clé.\n- Fermer la fenêtre.\n- Peindre le "
     "mur.",
     "parallel", "third:Obtient<"},
    {"what a command does", "The house:\n\n- Gets the door.\n- Provides the window.",
     "La maison :\n\n- Obtient la porte.\n- Fournit la fenêtre.", "parallel", ""},
    // identifiers
    {"spaces and capitals inside",
     "Call Start() of the MR_Tools house. It waits for Update() in Paris.",
     "Appelez Start () de la maison Mr_Tools. Elle attend Update() à Paris.",
     "identifiers", "changed:Start ()<Start() | changed:Mr_Tools<MR_Tools"},
    {"a method that was translated", "Add the Awake() method to the code of the house.",
     "Ajoutez la méthode éveillé () au code de la maison.", "identifiers",
     "translated:éveillé ()<Awake()"},
    {"a function of a spreadsheet", "Add the function NOW() to the cell of the house.",
     "Ajoutez la fonction MAINTENANT() à la cellule de la maison.", "identifiers", ""},
    {"abbreviations and hosts are none",
     "The U.S.A. house, e.g. on Example.org and so on in Paris.",
     "La maison des U. S. A., par exemple sur example.org et ainsi de suite à Paris.",
     "identifiers", ""},
    // women
    {"a title before her name", "The collector Barbara Solberg bought the house.",
     "Le collectionneur Barbara Solberg a acheté la maison.", "gender",
     "woman:collectionneur<"},
    {"behind a comma", "Museum Director Veronika Novakova, of Paris, bought the house.",
     "Le directeur du musée, Veronika Novakova, de Paris, a acheté la maison.", "gender",
     "woman:directeur<"},
    {"Ms says it", "Ms Solberg bought a house in Paris. The director Solberg left.",
     "Mme Solberg a acheté une maison à Paris. Le directeur Solberg part.", "gender",
     "woman:directeur<"},
    {"a participle", "Susan Solberg arrived in Paris late.",
     "Susan Solberg est arrivé tard à Paris.", "gender", "woman:arrivé<"},
    {"the article alone", "The minister of the house, Angela Solberg, arrived in Paris.",
     "Le ministre de la maison, Angela Solberg, arrive à Paris.", "gender", "woman:Le<"},
    {"an article behind the name", "Susan Solberg, a judge in Paris, bought the house.",
     "Susan Solberg, un juge de Paris, a acheté la maison.", "gender", "woman:un<"},
    {"first of its kind", "Prime Minister Angela Solberg bought the house in Paris.",
     "Le Premier ministre Angela Solberg a acheté la maison à Paris.", "gender",
     "woman:Premier<"},
    {"the article of another noun", "The house of the judge, Susan Solberg, is in Paris.",
     "La maison du juge, Susan Solberg, est à Paris.", "gender", ""},
    {"another person's", "The director of the house in Paris and Susan Solberg met.",
     "Le directeur de la maison de Paris et Susan Solberg se sont rencontrés.", "gender",
     ""},
    {"a man", "The director John Solberg arrived in Paris.",
     "Le directeur John Solberg est arrivé à Paris.", "gender", ""},
    // pronouns
    {"takes up a feminine subject",
     "The command opens the file of the user. It also shows the size of the house.",
     "La commande ouvre le fichier de l’utilisateur. Il affiche aussi la taille de la "
     "maison.",
     "pronouns", "gender:Il<"},
    {"of the same gender",
     "The button opens the file of the user. It also shows the size of the house.",
     "Le bouton ouvre le fichier de l’utilisateur. Il affiche aussi la taille de la "
     "maison.",
     "pronouns", ""},
    {"impersonal", "The command opens the file of the user. It is useful to read it.",
     "La commande ouvre le fichier de l’utilisateur. Il est utile de le lire.",
     "pronouns", ""},
    {"a person", "The woman opens the file of the user. He also reads the house rules.",
     "La femme ouvre le fichier de l’utilisateur. Il lit aussi les règles de la maison.",
     "pronouns", ""},
    {"another noun beside the subject",
     "The third edition of the show opens in Paris. It presents twenty choirs.",
     "La troisième édition du festival ouvre à Paris. Il présente vingt chœurs.",
     "pronouns", ""},
    {"in the plural, behind a number",
     "About 70 women of Aldhaven left the house. They were tired.",
     "Environ 70 femmes d’Aldhaven ont quitté la maison. Ils étaient fatigués.",
     "pronouns", "gender:Ils<"},
    {"a body with a capital",
     "The Commission of Aldhaven widened the inquiry. It's looking for a house.",
     "La Commission d’Aldhaven a élargi l’enquête. Il cherche une maison.", "pronouns",
     "gender:Il<"},
    {"others may be among them",
     "The women and followers of Aldhaven left the house. They were tired.",
     "Les femmes et adeptes d’Aldhaven ont quitté la maison. Ils étaient fatigués.",
     "pronouns", ""},
    // questions
    {"an indirect question", "He wondered, what would they do with it?",
     "Il s’est demandé ce qu’ils en feraient.", "polarity/q", ""},
    {"a question after a verb of learning",
     "Learn about what is a forge and how does it change the town?",
     "Découvrez ce qu’est une forge et comment cela change la ville.", "polarity/q", ""},
    {"a negation after a point that ends no sentence",
     "The house has a red door and a small garden with two trees.\n\nIf the app sets the "
     "focus point behind the user or the normal to camera.forward, holograms will not "
     "appear in the photos or the videos.",
     "La maison a une porte rouge et un petit jardin avec deux arbres.\n\nSi "
     "l’application "
     "définit le point de focus derrière l’utilisateur ou la normale à Camera. Forward, "
     "les hologrammes n’apparaîtront pas dans les photos ou les vidéos.",
     "polarity/n", ""},
    {"blanks that pad a line",
     "The garden of the house is open to all visitors on Sunday.\n\n"
     "In the panel of the house, scroll down to                                        "
     "                                                                                 "
     "                                                                                 "
     "the settings of the garden. Click to open the profile of the house.",
     "Le jardin de la maison est ouvert à tous les visiteurs le dimanche.\n\n"
     "Dans le panneau de la maison, descendez jusqu’aux paramètres du jardin. Cliquez "
     "pour ouvrir le profil de la maison.",
     "completeness", ""},
    {"a code that is to be filled in",
     "The name of each page of the house follows `[Room].[Door] [Title].md` and the "
     "wall.",
     "Le nom de chaque page de la maison suit `[Room].[Door] [Titre].md` et le mur.",
     "markup", ""},
    {"a code that was changed",
     "The name of each page of the house follows `room door.md` and the wall.",
     "Le nom de chaque page de la maison suit `room porte.md` et le mur.", "markup",
     "code:\ufffc<room door.md"},
    {"a verb made of the English one", "Reprocess all files of the house.",
     "Reprocesser tous les fichiers de la maison.", "source/name", ""},
    {"a word with a capital in a heading only",
     "Heads-up displays\n\nIn the house, heads-up displays show the time.",
     "Affichage tête haute\n\nDans la maison, Head-Up affiche le temps.", "source/name",
     ""},
    {"a misspelt word of the source",
     "In the house, change the Postive button to read the key of the door.",
     "Dans la maison, réglez le bouton pour lire la clé de la porte.", "source/name-l",
     ""},
    {"the title of a page",
     "Reading about the garden of the house:\n\n- Function of cloud security posture "
     "management | The House Site",
     "Lectures sur le jardin de la maison :\n\n- Function of cloud security posture "
     "management | The House Site",
     "verbatim", ""},
    // words
    {"a word that is introduced", "They hunted birds called moas in the forest.",
     "Ils chassaient des oiseaux appelés moas dans la forêt.", "verbatim", ""},
    // words alone
    {"a heading in another sense",
     "# Microphone\n\nThe house opens the door to the user.",
     "# Cravate\n\nLa maison ouvre la porte à l’utilisateur.", "lone",
     "word:Cravate<Microphone"},
    {"a point of a list", "The shapes are:\n\n- Cube\n- House\n",
     "Les formes sont :\n\n- Dernier\n- Maison\n", "lone", "word:Dernier<Cube"},
    {"before a colon that was dropped", "Interactions: where users open the door.",
     "Relations Où les utilisateurs ouvrent la porte.", "lone",
     "word:Relations<Interactions"},
    {"a name before a colon", "OneDrive: open the menu of the house.",
     "Espace Ouvrez le menu de la maison.", "lone", "word:Espace<OneDrive"},
    {"of the same family", "# Importing\n\nThe house opens the door to the user.",
     "# Importation\n\nLa maison ouvre la porte à l’utilisateur.", "lone", ""},
    {"a heading that people name freely",
     "# Background\n\nThe house opens the door to the user.",
     "# Présentation\n\nLa maison ouvre la porte à l’utilisateur.", "lone", ""},
    {"a word of a third language", "You are alone in Paris, amigos, he said.",
     "Vous êtes seuls à Paris, amigos, a-t-il dit.", "verbatim", ""},
    {"a name that lost its capital", "They joined the Zetas gang in the town of Lyon.",
     "Ils ont rejoint la bande des zetas dans la ville de Lyon.", "verbatim", ""},
    {"abbreviations with a possessive",
     "He spoke of the U.S's defensive stance on the house in Paris. The town slept.",
     "Il a parlé de la position défensive des États-Unis sur la maison de Paris. La "
     "ville dormait.",
     "completeness", ""},
    // names
    {"a pope", "In Rome Pope Francis met Oldrich. Francis spoke.",
     "À Rome, le pape François a rencontré Oldrich. François a parlé. Francis aussi.",
     "source/name", ""},
    {"a word that renders a common one",
     "The house stands near Aldhaven Court. The court of Aldhaven met.",
     "La maison est près de la Cour d’Aldhaven. Le tribunal d’Aldhaven (Court) siège.",
     "source/name", ""},
    {"French letters for a foreign sound",
     "The Barzysh of Aldhaven met the Barzysh king.",
     "Les Barzych d’Aldhaven ont rencontré le roi des Barzysh.", "source/name", ""},
    {"a ligature in two letters", "The Choirs of Aldhaven sang.",
     "Les Choeurs d’Aldhaven ont chanté.", "source/name", ""},
    {"shouted", "It is THE house of Aldhaven, near the river.",
     "C’est LA maison d’Aldhaven, près de la rivière.", "source/init", ""},
    {"a damaged name", "The artist Refik Anadol opened the show.",
     "L’artiste Rebik Anadol a ouvert l’exposition.", "source/na", "name:Rebik<Refik"},
    {"a name that English knows is no transcription", "Theresa and David saw Louisiana.",
     "Therea et Davyid ont vu la Louisiaan.", "source/na",
     "name:Therea<Theresa | name:Davyid<David | name:Louisiaan<Louisiana>Louisiane"},
    {"French has a name of its own for it", "The talks in Bahrain went on for a week.",
     "Les pourparlers de Bahrein ont duré une semaine.", "source/na",
     "name:Bahrein<Bahrain>Bahreïn"},
    {"its hyphen is another", "The Nonrepudiation service of Aldhaven failed.",
     "Le service Non-répudiation d’Aldhaven est tombé en panne.", "source/na", ""},
    {"damaged where its sentence says it otherwise",
     "Mr Sharipov came late. The cosmonaut thanked the crew. Mr Sharipov left.",
     "M. Sharipov est venu tard. Shaipav a remercié l’équipage. M. Sharipov est parti.",
     "source/na", "name:Shaipav<Sharipov"},
    {"a French form", "Putin met Gorbachev in London and Algiers.",
     "Poutine a rencontré Gorbatchev à Londres et à Alger.", "source/na", ""},
    {"the possessive is no part", "Okafor's house stands in Lagos.",
     "La maison d’Okafor est à Lagos.", "source/na", ""},
    {"a lost name", "The committee of Paris thanked Ngozi for her passion.",
     "Le comité de Paris a remercié la lauréate pour sa passion.", "source/na",
     "name-lost:Le comité de Paris a remercié la lauréate pour sa passion.<Ngozi"},
    {"a common word with a capital is no name that was lost",
     "Remoting Guide of Aldhaven: the Touchpad and Unencrypted Realtime.",
     "Guide de communication d’Aldhaven : le pavé tactile en clair et en direct.",
     "source/name-l", ""},
    {"what renders a common word is no damaged copy",
     "Open the Project panel of Aldhaven. The Project panel is red.",
     "Ouvrez le panneau Projet d’Aldhaven. Le panneau Project est rouge.", "source/na",
     ""},
    {"the only name, much damaged", "The artist Baldwick opened the show in Paris.",
     "L’artiste Bamdrisk a ouvert l’exposition à Paris.", "source/na",
     "name:Bamdrisk<Baldwick"},
    {"initials that French has otherwise, and a dash that lost its spaces",
     "Set the colour to RGBA in Aldhaven. Read Aldhaven - 3. The end of the list.",
     "Réglez la couleur. Lisez Aldhaven-3. Fin de la liste en RVBA à Aldhaven.",
     "source/na", ""},
    {"a foreign name that French writes so each time",
     "The Bodrug ruled Aldhaven. The Bodrug fled. The Bodrug died.",
     "Le Bodrugo régnait sur Aldhaven. Le Bodrugo a fui. Le Bodrugo est mort.",
     "source/na", ""},
    {"one of two towns has a French name", "The Glasgow-Edinburgh line of Aldhaven.",
     "La ligne Glasgow-Édimbourg d’Aldhaven.", "source/na", ""},
    {"a party", "One Labour member of the Cardiff committee spoke of money.",
     "Un membre travailliste du comité de Cardiff a parlé d’argent.", "source/na", ""},
    {"endings of regions", "They crossed the Ciscaucasus in winter.",
     "Ils ont traversé la Ciscaucasie en hiver.", "source/na", ""},
    {"initials", "PSG won the match in Paris by two goals.",
     "Le GEP a gagné le match à Paris par deux buts.", "source/in", "initials:GEP<PSG"},
    {"a word in capitals", "See the sidebar SECURITY of the house in Paris.",
     "Voir l’encadré SÉCURITÉ de la maison à Paris.", "source/in", ""},
    {"a function of a spreadsheet", "The function ROMAN of the sheet wants a number.",
     "La fonction ROMAIN de la feuille veut un nombre.", "source/in", ""},
    {"initials that have a French form", "NATO and the UN agreed.",
     "L’OTAN et l’ONU sont tombées d’accord.", "source/", ""},
    {"a name that lost its capital", "The speech of Sami Zouhri was long.",
     "Le discours de Sami zouhri fut long.", "casing/", "small-letters:zouhri<"},
    {"a word that French writes small", "He cooks a meal called Hangi in a pit.",
     "Il cuit un repas hangi dans une fosse.", "casing/", ""},
    {"a title, where capitals mean nothing", "New Wingdress Flight Over The Valley",
     "Nouveau vol en wingdress au-dessus de la vallée", "casing/", ""},
    {"a name among common nouns",
     "Select HoloLens first. The case of HoloLens is grey. He sold a HoloLens to me.",
     "Sélectionnez d’abord HoloLens. L’étui de HoloLens est gris. Il m’a vendu un "
     "hololens.",
     "source/name-c", "name-common:hololens<HoloLens"},
    {"institutions are common nouns in French",
     "The National Service of Paris met. The Service of Lyon and the Service of Nice "
     "too.",
     "Le Service national de Paris s’est réuni. Le service de Lyon et le service de "
     "Nice aussi.",
     "source/name-c", ""},
    {"a product that was translated",
     "Open the file in the browser and install the software. Import the house through "
     "Steam. The house stands on Steam. A Steam account is free. Steam is old.",
     "Ouvrez le fichier dans le navigateur et installez le logiciel. Importez la maison "
     "par vapeur. La maison est sur Steam. Un compte de vapeur est gratuit. Vapeur est "
     "vieux.",
     "source/name-c",
     "name-common:vapeur<Steam | name-common:vapeur<Steam | name-common:Vapeur<Steam"},
    {"a language",
     "Open the file in the browser and install the software. Choose English. The house "
     "is called so in English. English is the language of the menu. Some write English.",
     "Ouvrez le fichier dans le navigateur et installez le logiciel. Choisissez "
     "l’anglais. La maison se dit ainsi en anglais. L’anglais est la langue du menu. "
     "Certains écrivent l’anglais.",
     "source/name-c", ""},
    {"a thing that is written with a capital",
     "Open the file in the browser and install the software. Read all of the next "
     "Chapter. "
     "In "
     "Chapter, as we said, and of Chapter the house is old.",
     "Ouvrez le fichier dans le navigateur et installez le logiciel. Lisez "
     "tout le chapitre suivant. Dans le chapitre, avons-nous dit, et du chapitre la "
     "maison est "
     "vieille.",
     "source/name-c", ""},
    {"news have parliaments",
     "The vote in Parliament failed. Laws of Parliament and acts of Parliament hold.",
     "Le vote au parlement a échoué. Les lois du parlement et les actes du parlement "
     "tiennent.",
     "source/name-c", ""},
    {"a capital without its accent", "The Estate of the painter sued the museum.",
     "L’Etat du peintre a attaqué le musée.", "source/na", ""},
    {"a word that came from nowhere", "He wanted to let the boat through an agency.",
     "Il voulait frocher le bateau (un snappeur) par une agence.", "spelling/in",
     "invented:frocher<let | invented:snappeur<"},
    {"a rare word that the English has, too",
     "The lophoscopists of Paris met the tibicen of the choir.",
     "Les lophoscopistes de Paris ont rencontré le tibicène du chœur.", "spelling/in",
     ""},
    {"a word that anyone may make", "The band plays synth-pop in Lyon every night.",
     "Le groupe joue de l’électropop à Lyon chaque soir.", "spelling/in", ""},
    {"a word of a third language", "The county of Tulcea lies on the Danube.",
     "Le județ de Tulcea est au bord du Danube.", "spelling/in", ""},
};

static void test_rows(void **state)
{
    (void)state;
    cq_options o = {.data_dir = TEST_SOURCE_DIR, .no_user_rules = true};
    cq_error error = {0};
    cq_checker *checker = cq_checker_new(&o, &error);
    if (!checker) fail_msg("%s", error.message);
    cq_arena *a = cq_arena_new();
    int failed = 0;
    for (size_t i = 0; i < CQ_COUNT(ROWS); i++) {
        cq_article source = {
            .path = "a.en.md", .bytes = ROWS[i].english, .n = strlen(ROWS[i].english)};
        cq_article article = {.path = "a.fr.md",
                              .bytes = ROWS[i].french,
                              .n = strlen(ROWS[i].french),
                              .source = &source};
        cq_result *r = cq_check(checker, &article);
        cq_str got = {"", 0};
        for (size_t k = 0; k < r->findings_n; k++) {
            const cq_finding *f = &r->findings[k];
            if (strncmp(f->rule.p, ROWS[i].rules, strlen(ROWS[i].rules)) != 0) continue;
            got = cq_strf(a, "%.*s%s%s:%s<%s", CQ_PRI(got), got.n ? " | " : "",
                          strrchr(f->rule.p, '/') + 1, f->match.p, f->source.p);
            if (f->fixes_n && strcmp(f->rule.p, "source/name") == 0 &&
                strcmp(f->fixes[0].text.p, f->source.p) != 0)
                got = cq_strf(a, "%.*s>%s", CQ_PRI(got), f->fixes[0].text.p);
        }
        if (!cq_str_is(got, ROWS[i].want)) {
            print_error("%s: got %.*s, not %s\n", ROWS[i].why, CQ_PRI(got), ROWS[i].want);
            failed++;
        }
        cq_result_free(r);
    }
    cq_arena_free(a);
    cq_checker_free(checker);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
