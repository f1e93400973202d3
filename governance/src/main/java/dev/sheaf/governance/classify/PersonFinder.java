package dev.sheaf.governance.classify;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Names of persons: runs of capitalised words that begin with a known given name, end with a known
/// family name, or stand where a name is announced.
final class PersonFinder implements SpanFinder {
    private static final int WORDS_MAX = 5;
    private static final Set<String> TITLES =
            Set.of(
                    "mr",
                    "mrs",
                    "ms",
                    "miss",
                    "mx",
                    "dr",
                    "prof",
                    "professor",
                    "sir",
                    "madam",
                    "lady",
                    "lord",
                    "herr",
                    "frau",
                    "monsieur",
                    "madame",
                    "mme",
                    "señor",
                    "señora",
                    "sr",
                    "sra",
                    "sig",
                    "signor",
                    "signora",
                    "rev",
                    "fr",
                    "capt",
                    "sgt",
                    "lt",
                    "col");
    private static final Set<String> PARTICLES =
            Set.of(
                    "van", "von", "der", "den", "de", "da", "do", "dos", "das", "del", "della",
                    "di", "du", "la", "le", "bin", "ibn", "al", "el", "ter", "ten", "af", "av",
                    "zu", "y");
    private static final Set<String> ORGANISATIONS =
            Set.of(
                    "inc",
                    "ltd",
                    "llc",
                    "llp",
                    "plc",
                    "corp",
                    "corporation",
                    "company",
                    "co",
                    "group",
                    "gmbh",
                    "ag",
                    "sa",
                    "oy",
                    "ab",
                    "bv",
                    "nv",
                    "foundation",
                    "university",
                    "college",
                    "institute",
                    "technologies",
                    "technology",
                    "solutions",
                    "systems",
                    "software",
                    "labs",
                    "bank",
                    "partners",
                    "associates",
                    "consulting",
                    "holdings",
                    "insurance",
                    "network",
                    "networks",
                    "media",
                    "orchestra",
                    "council",
                    "club",
                    "street",
                    "st",
                    "avenue",
                    "road",
                    "drive",
                    "lane",
                    "square",
                    "bridge",
                    "apt",
                    "suite",
                    "unit",
                    "flat",
                    "park",
                    "pass",
                    "loop",
                    "bypass",
                    "international",
                    "services",
                    "sons",
                    "brothers");

    // Contexts are short, so that these may backtrack; they are much faster than RE2's.
    /// What stands behind the name of who lives there.
    private static final Set<String> UNITS = Set.of("apt", "suite", "unit", "flat");

    private static final Pattern ANNOUNCED =
            Pattern.compile(
                    "(?:\\bname(?:'s)?(?: is|:|\\?| to)|\\bnames?"
                        + " (?:is|was|are)|\\b(?:named|called)(?: (?:him|her|me|it))?|\\bcalls?"
                        + " me|\\bcall(?:s|ed)? (?:him|her)|\\bi am|\\bi'm|\\bthis"
                        + " is|\\bdear|\\bhi|\\bhello|\\bhey|\\bdirected"
                        + " by:?|\\battn:?|\\battention:?|\\bsigned,?|\\bregards,?|\\bsincerely,?|\\bmeet|\\bmaiden"
                        + " name|\\b(?:my|his|her|their|our)"
                        + " (?:kid|son|daughter|child|husband|wife|partner|friend|brother|sister|mother|father|boss|colleague|manager|uncle|aunt|cousin)|\\b(?:producer|director|author|singer|songwriter|actor|actress|player|writer|composer|president|chancellor|senator))[\\s\"]*\\z");
    private static final Pattern HINTED =
            Pattern.compile(
                    "(?:\\bsaid|\\bsays|\\bby|\\bwith|\\band|\\bof|\\bfrom|\\bto|\\bfor|\\bheard|\\bkid|\\bson|\\bdaughter|\\bhusband|\\bwife|\\bpartner|\\bfriend|\\bdriver|\\bproducer|\\bsongwriter|\\bplayer|\\bauthor|\\bfeatures|\\bstarring|\\bunder|\\bus[ie]ng|\\bearly|[>:,\"(])[\\s\"]*\\z");
    private static final Pattern LISTED_BEFORE = Pattern.compile("(?:\\p{L}, |, \\p{L}+,? and )$");
    private static final Pattern LISTED_AFTER = Pattern.compile("^, \\p{L}+,? and ");

    /// What only persons do.
    private static final Pattern DOES =
            Pattern.compile(
                    "^,? (?:said|says|shouted|told|asked|explained|replied|wrote|writes|laughed|smiled|lives|lived|thinks|thought|married|was"
                        + " born|spent|began writing)\\b");

    private static final Pattern FOLLOWED =
            Pattern.compile(
                    "^(?:['’]s\\b|[\\s\",]*(?:said|says|is|was|were|has|had|lives|lived|will|told|explained|asked|wrote|shouted|spent|began|listed|points|from|fan|concert|speak|novel|and)\\b|:)");

    @Override
    public void find(String text, Consumer<PersonalDataSpan> found) {
        List<Word> words = Word.all(text);
        int i = 0;
        while (i < words.size()) {
            int end = isStart(text, words, i) ? runEnd(text, words, i) : i;
            double score = end > i ? score(text, words.subList(i, end)) : 0;
            if (score > 0 && !isOrganisation(text, words, end)) {
                int last = words.get(end - 1).end();
                found.accept(
                        new PersonalDataSpan(
                                PersonalDataType.PERSON_NAME,
                                words.get(i).start(),
                                last,
                                Math.min(1, score)));
                i = end;
            } else {
                i++;
            }
        }
    }

    /// Whether a whole value is a name: known words, initials and particles, nothing else.
    static boolean isName(String value) {
        List<Word> words = Word.all(value);
        if (words.isEmpty() || words.size() > WORDS_MAX + 1) {
            return false;
        }
        boolean isKnown = false;
        for (Word word : words) {
            boolean isListed =
                    WordLists.isFirstName(word.text()) || WordLists.isSurname(word.text());
            boolean isUsual =
                    isListed
                            || word.isInitial()
                            || isTitle(word)
                            || PARTICLES.contains(word.lower());
            isKnown |= isListed;
            if (!isUsual
                    && (words.size() == 1 || word.isNumber() || WordLists.isCommon(word.text()))) {
                return false;
            }
        }
        return isKnown && value.codePoints().noneMatch(Character::isDigit);
    }

    private static boolean isTitle(Word word) {
        return TITLES.contains(word.lower());
    }

    private static boolean isStart(String text, List<Word> words, int at) {
        Word word = words.get(at);
        if (word.isNumber() || word.isInitial() || isTitle(word)) {
            return false;
        }
        if (!word.isCapitalised()) {
            return WordLists.isFirstName(word.text()) && !WordLists.isCommon(word.text());
        }
        if (WordLists.isCommon(word.text())) {
            // "Mark" and "Will" begin a name only when a family name follows.
            return WordLists.isFirstName(word.text())
                    && at + 1 < words.size()
                    && isJoined(text, word, words.get(at + 1))
                    && words.get(at + 1).isCapitalised()
                    && WordLists.isSurname(words.get(at + 1).text());
        }
        boolean isAdverb = word.lower().endsWith("ly") && !WordLists.isFirstName(word.text());
        return !isAdverb
                && !WordLists.isPlace(word.text())
                && !ORGANISATIONS.contains(word.lower());
    }

    private static boolean isJoined(String text, Word left, Word right) {
        String gap = text.substring(left.end(), right.start());
        return gap.equals(" ") || (gap.equals(". ") && left.isInitial());
    }

    private static int runEnd(String text, List<Word> words, int start) {
        boolean isLower = !words.get(start).isCapitalised();
        int end = start + 1;
        int at = start + 1;
        while (at < words.size()
                && at - start < WORDS_MAX
                && isJoined(text, words.get(at - 1), words.get(at))) {
            Word word = words.get(at);
            if (PARTICLES.contains(word.lower()) && !word.isCapitalised()) {
                at++;
                continue;
            }
            boolean isPart =
                    word.isInitial() && Character.isLetter(word.text().codePointAt(0))
                            ? isLower || word.isCapitalised()
                            : isLower ? isKnown(word) : word.isCapitalised() && isNamePart(word);
            if (!isPart) {
                break;
            }
            at++;
            end = at;
        }
        if (words.get(end - 1).isInitial() && end - 1 > start) {
            end--;
        }
        return end;
    }

    private static boolean isKnown(Word word) {
        return !WordLists.isCommon(word.text())
                && (WordLists.isFirstName(word.text()) || WordLists.isSurname(word.text()));
    }

    private static boolean isNamePart(Word word) {
        boolean isName = WordLists.isSurname(word.text()) || WordLists.isFirstName(word.text());
        return !word.isNumber()
                && !isTitle(word)
                && (!ORGANISATIONS.contains(word.lower()) || word.lower().equals("st"))
                && (isName
                        || (!WordLists.isCommon(word.text()) && !WordLists.isPlace(word.text())));
    }

    private static boolean isOrganisation(String text, List<Word> words, int end) {
        return end < words.size()
                && isJoined(text, words.get(end - 1), words.get(end))
                && ORGANISATIONS.contains(words.get(end).lower())
                && !UNITS.contains(words.get(end).lower());
    }

    private static double score(String text, List<Word> run) {
        Word first = run.getFirst();
        Word last = run.getLast();
        Context context = Context.of(text, first.start(), last.end());
        boolean isFirst = WordLists.isFirstName(first.text());
        boolean isLast = WordLists.isSurname(last.text());
        boolean isAnnounced =
                isAfterTitle(context.before()) || ANNOUNCED.matcher(context.before()).find();
        long full = run.stream().filter(word -> !word.isInitial() && word.isCapitalised()).count();
        if (!first.isCapitalised()) {
            boolean isLike = run.size() > 1 && (isLast || run.get(1).isInitial());
            return isFirst && (isLike || isAnnounced) ? 0.65 : 0;
        }
        double score = full > 1 ? several(run, isFirst, isLast) : single(context, run.getFirst());
        boolean isThing = context.before().endsWith("the ") || context.before().endsWith("a ");
        if (score == 0 && !isThing && DOES.matcher(context.after()).find() && !isShouted(run)) {
            return 0.55;
        }
        if (isAnnounced && !isShouted(run)) {
            return Math.max(0.8, score);
        }
        boolean isHinted =
                HINTED.matcher(context.before()).find() || FOLLOWED.matcher(context.after()).find();
        return score > 0 && isHinted ? score + 0.1 : score;
    }

    private static double several(List<Word> run, boolean isFirst, boolean isLast) {
        if (isShouted(run) && !(isFirst && isLast)) {
            return 0;
        }
        if (isFirst) {
            return isLast ? 0.95 : 0.8;
        }
        boolean hasInitial = run.stream().anyMatch(Word::isInitial);
        boolean isReversed =
                WordLists.isSurname(run.getFirst().text())
                        && WordLists.isFirstName(run.getLast().text());
        if (isReversed || (isLast && hasInitial)) {
            return 0.75;
        }
        return isLast || hasInitial ? 0.55 : 0;
    }

    private static double single(Context context, Word word) {
        boolean isDoubtful = isShouted(List.of(word)) || word.text().indexOf('-') > 0;
        if (WordLists.isFirstName(word.text())) {
            return isShouted(List.of(word)) ? 0.4 : 0.6;
        }
        return WordLists.isSurname(word.text()) && !isDoubtful && !isListed(context) ? 0.45 : 0;
    }

    /// Family names in a row are more often a firm than people.
    private static boolean isListed(Context context) {
        return LISTED_BEFORE.matcher(context.before()).find()
                || LISTED_AFTER.matcher(context.after()).find();
    }

    private static boolean isShouted(List<Word> run) {
        return run.stream()
                .allMatch(word ->
                        word.text().length() > 1
                                && word.text().codePoints().noneMatch(Character::isLowerCase));
    }

    private static boolean isAfterTitle(String before) {
        String stripped = before.stripTrailing();
        String ended =
                stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
        int start = ended.length();
        while (start > 0 && Character.isLetter(ended.charAt(start - 1))) {
            start--;
        }
        return TITLES.contains(ended.substring(start)) && !before.equals(ended);
    }
}
