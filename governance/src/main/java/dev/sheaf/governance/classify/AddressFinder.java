package dev.sheaf.governance.classify;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Postal addresses: streets as several countries write them, units, boxes; pieces that stand
/// together become one, with the place and code behind them.
///
/// Source of the English street words: US Postal Service, Publication 28, appendix C1.
final class AddressFinder implements SpanFinder {
    private static final String CAP = "\\p{Lu}[\\p{L}\\p{M}'’.-]*";
    private static final String JOIN =
            "(?:"
                    + CAP
                    + "|d[aeo]s?|del|della|dei|di|van|von|der|den|la|le|los|las|of|the|y|\\d{1,3}(?:st|nd|rd|th))";
    private static final String ENGLISH =
            "(?i:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|way|court|ct|place|pl|square|squares|sq|terrace|ter|gardens|close|crescent|grove|mews|parade|highway|hwy|parkway|pkwy|trail|circle|cir|loop|alley|row|walk|plaza|bypass|causeway|turnpike|expressway|path|pike|extension|extensions)";
    private static final String AFTER =
            "(?i:utca|út|útja|tér|tere|köz|körút|sétány|rakpart|rkp\\.|u\\.|tie|katu|kuja|polku|gate|gata|gatan|vei|veg|vej|vägen|väg|tee|mnt|maantee|puiestee|pst|straße|strasse|str\\.|weg|platz|allee|ring|straat|laan|terrasse|gård|cesta|ulica|třída|náměstí)";
    private static final String ENDING =
            "(?:straße|strasse|str\\.|gasse|gässchen|weg|platz|allee|damm|ufer|steig|straat|laan|gracht|plein|dijk|kade|singel|steeg|gatan|gata|gate|gaten|vägen|vegen|veien|vej|vei|gränd|gränden|stigen|stien|bakken|torget|plads|gade|stræde|vænget|vangen|toften|centret|stræti|vegur|braut|götu|brücke|markt|tie|katu|kuja|polku|kaari|rinne|kaarre|brunnen|hof)";
    private static final String BEFORE =
            "(?i:rua|rúa|avenida|av\\.|avda\\.?|travessa|praça|praceta|estrada|via|viale|piazza|corso|largo|vicolo|calle|c/|plaza|paseo|camino|carretera|ronda|rue|avenue|boulevard|chemin|place|quai|allée|impasse|route|ul\\.|ulica|al\\.|aleja|os\\.|pl\\.|trg|strada|bulevardul|calea|jalan|jln\\.?|λεωφόρος|πλατεία|οδός|ул\\.|улица|проспект)";

    /// Over a short context, so that it may backtrack.
    private static final java.util.regex.Pattern CUE =
            java.util.regex.Pattern.compile(
                    "(?:\\baddress(?:es)?\\b|\\blocated (?:at|on|in)\\b|\\blives?"
                        + " (?:at|in|on)\\b|\\blived"
                        + " (?:at|in|on)\\b|\\bmeet(?:ing)?\\b|\\bmove[ds]?"
                        + " to\\b|\\bsen[dt]\\b|\\breturn to\\b|\\barrived at\\b|\\bdrops you off"
                        + " at\\b|\\b(?:is|are) (?:at|on|in)\\b|\\btaxi to\\b|\\bdeliver(?:ed)?"
                        + " to\\b|\\bcorner of\\b|\\bstreet:|\\bstop at\\b)[^.!?\\n]{0,40}\\z");

    private static final List<Form> FORMS =
            List.of(
                    new Form(
                            "\\d{1,5}[A-Za-z]?(?:[ -]\\d{1,5})?,? (?:"
                                    + JOIN
                                    + " ){1,4}"
                                    + ENGLISH
                                    + "\\b\\.?",
                            0.9,
                            false),
                    new Form(
                            "(?:"
                                    + CAP
                                    + " ){1,3}(?:Street|Avenue|Road|Boulevard|Lane|Drive|St\\.?|Ave\\.?|Rd\\.?|Blvd\\.?)",
                            0.55,
                            false,
                            false),
                    new Form(
                            "(?:\\d{1,5} )?(?:"
                                    + CAP
                                    + " ){0,3}\\p{Lu}[\\p{L}-]*"
                                    + ENDING
                                    + ",? \\d{1,4}[A-Za-z]?\\b",
                            0.85,
                            false),
                    new Form(
                            "(?:\\d{1,5} )?(?:"
                                    + CAP
                                    + " ){1,4}"
                                    + AFTER
                                    + " \\d{1,4}[A-Za-z]?\\b\\.?",
                            0.85,
                            false),
                    new Form(
                            "\\d{1,5},? " + BEFORE + " (?:" + JOIN + "[ ,]?){1,5}(?: ?\\d{1,5})?",
                            0.8,
                            false),
                    new Form(
                            BEFORE + " (?:" + JOIN + " ?){1,5},? ?\\d{1,5}[A-Za-z]?\\b",
                            0.8,
                            false),
                    new Form(BEFORE + " (?:" + JOIN + " ){0,3}" + CAP, 0.45, true, false),
                    new Form(
                            "(?i:corner of) (?:"
                                    + JOIN
                                    + " ){0,4}"
                                    + CAP
                                    + "(?: \\d{1,4})? (?:and|&) (?:"
                                    + JOIN
                                    + " ){0,3}"
                                    + CAP,
                            0.8,
                            false,
                            false),
                    new Form(
                            "(?i:suite|ste\\.?|apt\\.?|apartment|unit|flat) #?\\d{1,5}[A-Za-z]?\\b",
                            0.75,
                            false),
                    new Form("(?i:(?:psc|cmr|unit) \\d{1,5},? box \\d{1,5})", 0.9, false),
                    new Form("(?i:(?:apo|fpo|dpo),? a[aep] \\d{5})", 0.9, false),
                    new Form("(?i:(?:uss|usns|uscgc|usnv) \\p{L}+)", 0.4, true, false),
                    new Form("(?i:p\\.? ?o\\.? ?box \\d{1,6})", 0.85, false),
                    new Form(
                            "(?:" + CAP + " ){0,4}" + CAP + ",? \\d{1,4}[A-Za-z]?\\b\\.?",
                            0.4,
                            true),
                    new Form("\\d{1,5} (?:" + JOIN + " ){0,4}" + CAP, 0.4, true));
    private static final Pattern GAP = Pattern.compile("[\\s,>]{1,8}");
    private static final int VALUE_CHARACTERS_MAX = 250;
    private static final int VALUE_SPACES_MAX = 14;
    private static final int TAIL_WORDS_MAX = 9;
    private static final int CODE_DIGITS_MAX = 6;
    private static final double CUED = 0.3;

    /// @param isWeak counts only where something announces an address, or beside other pieces
    /// @param hasNumber whether there must be a digit in it
    private record Form(Pattern pattern, double score, boolean isWeak, boolean hasNumber) {
        Form(String pattern, double score, boolean isWeak) {
            this(pattern, score, isWeak, true);
        }

        Form(String pattern, double score, boolean isWeak, boolean hasNumber) {
            this(Pattern.compile(pattern), score, isWeak, hasNumber);
        }
    }

    private record Piece(int start, int end, double score) {}

    @Override
    public void find(String text, Consumer<PersonalDataSpan> found) {
        List<Piece> pieces = new ArrayList<>();
        boolean hasNumber = text.chars().anyMatch(Character::isDigit);
        for (Form form : FORMS) {
            if (form.hasNumber() && !hasNumber) {
                continue;
            }
            Matcher matcher = form.pattern().matcher(text);
            while (matcher.find()) {
                add(text, matcher.start(), matcher.end(), form, pieces);
            }
        }
        pieces.sort(Comparator.comparingInt(Piece::start));
        for (Piece piece : joined(text, pieces)) {
            if (piece.score() >= TextScanner.SCORE_MIN) {
                found.accept(
                        new PersonalDataSpan(
                                PersonalDataType.STREET_ADDRESS,
                                piece.start(),
                                withTail(text, piece.end()),
                                Math.min(1, piece.score())));
            }
        }
    }

    /// Whether at least half of a value is an address.
    static boolean isAddress(String value) {
        if (value.length() > VALUE_CHARACTERS_MAX
                || value.indexOf(' ') < 0
                || value.chars().filter(c -> c == ' ').count() > VALUE_SPACES_MAX
                || value.chars().noneMatch(Character::isLetter)) {
            return false;
        }
        int[] covered = new int[1];
        new AddressFinder().find(value, span -> covered[0] += span.end() - span.start());
        return covered[0] * 2 >= value.length();
    }

    private static void add(String text, int start, int end, Form form, List<Piece> pieces) {
        boolean isCut =
                (start > 0 && isPart(text.charAt(start - 1)))
                        || (end < text.length() && Character.isLetterOrDigit(text.charAt(end)));
        if (isCut) {
            return;
        }
        double score = form.score();
        if (form.isWeak()) {
            boolean isCued =
                    CUE.matcher(Context.of(text, start, end).before()).find()
                            && !WordLists.isCommon(firstWord(text, start, end));
            score = isCued ? score + CUED : isLine(text, start, end) ? score + 0.1 : score - 0.1;
        }
        pieces.add(new Piece(start, end, score));
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '/' || c == '$' || c == '#';
    }

    private static String firstWord(String text, int start, int end) {
        List<Word> words = Word.all(text.substring(start, end));
        return words.isEmpty() ? "" : words.getFirst().text();
    }

    /// Whether it fills its line.
    private static boolean isLine(String text, int start, int end) {
        int from = text.lastIndexOf('\n', start - 1) + 1;
        int next = text.indexOf('\n', end);
        String before = text.substring(from, start).strip();
        String after = text.substring(end, next < 0 ? text.length() : next).strip();
        boolean isAlone = from == 0 && next < 0;
        return !isAlone
                && (before.isEmpty() || before.equals(">"))
                && (after.isEmpty() || after.equals(","));
    }

    /// Overlapping pieces, and strong ones with nothing but a comma, a space or a line between.
    private static List<Piece> joined(String text, List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : pieces) {
            Piece before = joined.isEmpty() ? new Piece(-1, -1, 0) : joined.getLast();
            boolean isOverlap = piece.start() < before.end();
            boolean isWeak = piece.score() < TextScanner.SCORE_MIN;
            boolean isWeakBefore = before.score() < TextScanner.SCORE_MIN;
            if (isOverlap && isWeak != isWeakBefore) {
                // What only might be an address does not make a sure one longer.
                if (isWeakBefore) {
                    joined.removeLast();
                    joined.add(piece);
                }
                continue;
            }
            boolean isBeside =
                    isOverlap
                            || (before.end() >= 0
                                    && piece.score() >= 0.3
                                    && before.score() >= 0.3
                                    && Math.max(piece.score(), before.score()) >= 0.5
                                    && GAP.matches(text.substring(before.end(), piece.start())));
            if (isBeside) {
                joined.removeLast();
                joined.add(
                        new Piece(
                                before.start(),
                                Math.max(before.end(), piece.end()),
                                Math.max(before.score(), piece.score())));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }

    /// Takes along the place, state, code and country behind: up to the last number of three to six
    /// digits, or the last known place.
    private static int withTail(String text, int end) {
        int stop = Math.min(text.length(), end + 120);
        int last = end;
        int kept = end;
        int count = 0;
        boolean hasName = false;
        for (Word word : Word.all(text.substring(end, stop))) {
            int start = end + word.start();
            String gap = text.substring(last, start);
            boolean isCode =
                    word.isNumber()
                            && word.text().length() >= 3
                            && word.text().length() <= CODE_DIGITS_MAX;
            boolean isCommon = WordLists.isCommon(word.text()) && word.text().length() > 3;
            boolean isPart =
                    isCode ? hasName || gap.equals(" ") : word.isCapitalised() && !isCommon;
            boolean isBeside = gap.equals("-") || gap.equals(" (") || GAP.matches(gap);
            if (!isPart || !isBeside || ++count > TAIL_WORDS_MAX) {
                break;
            }
            last = end + word.end();
            hasName |= !isCode;
            if (isCode || WordLists.isPlace(word.text())) {
                kept = last;
            }
            if (isCode) {
                break;
            }
        }
        return kept;
    }
}
