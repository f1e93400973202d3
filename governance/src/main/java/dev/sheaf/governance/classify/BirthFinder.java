package dev.sheaf.governance.classify;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import java.util.Set;
import java.util.function.Consumer;

/// Dates of birth (dates beside a word for being born) and ages.
final class BirthFinder implements SpanFinder {
    private static final String MONTH =
            "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    static final Pattern DATE =
            Pattern.compile(
                    "(?i)(?:\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}|\\d{1,2}[-./]\\d{1,2}[-./](?:\\d{4}|\\d{2})|\\d{1,2}(?:st|nd|rd|th|\\.)?"
                        + " (?:of )?"
                            + MONTH
                            + "\\.?,? \\d{4}|"
                            + MONTH
                            + "\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})");
    private static final Set<String> BIRTH =
            Set.of(
                    "born",
                    "birth",
                    "dob",
                    "d.o.b",
                    "birthday",
                    "geboren",
                    "geburtsdatum",
                    "né le",
                    "née le",
                    "nato il",
                    "nata il",
                    "nacido",
                    "nacida",
                    "nascimento");
    private static final Pattern AGE_BEFORE =
            Pattern.compile(
                    "(?i)\\b(\\d{1,3})(?:[ -]years?[ -]olds?\\b|[ -]yrs?[ -]olds?\\b|"
                            + " ?y/?o\\b|-year-old)");
    private static final Pattern AGE_AFTER =
            Pattern.compile(
                    "(?i)\\b(?:aged?(?: of|:)?|turn(?:s|ed|ing)?|when (?:he|she|they)"
                            + " (?:was|were)|i'm|i am|(?:he|she) is) (\\d{1,3})\\b");
    private static final int AGE_MAX = 120;
    private static final int SURE_WORDS = 40;

    @Override
    public void find(String text, Consumer<PersonalDataSpan> found) {
        if (text.chars().noneMatch(Character::isDigit)) {
            return;
        }
        Matcher date = DATE.matcher(text);
        while (date.find()) {
            int start = date.start();
            int end = date.end();
            Context context = Context.of(text, start, end);
            if (SpanFinder.isFree(text, start, end) && context.mentions(BIRTH)) {
                found.accept(new PersonalDataSpan(PersonalDataType.DATE_OF_BIRTH, start, end, 0.9));
            }
        }
        ages(text, AGE_BEFORE.matcher(text), 0.9, true, found);
        ages(text, AGE_AFTER.matcher(text), 0.7, false, found);
    }

    private static void ages(
            String text,
            Matcher matcher,
            double score,
            boolean isUnitMatched,
            Consumer<PersonalDataSpan> found) {
        while (matcher.find()) {
            int end = matcher.end(1);
            boolean isOther =
                    end < text.length()
                            && (text.charAt(end) == '%'
                                    || isFraction(text, end)
                                    || !isUnitMatched
                                            && isUnit(
                                                    text.substring(
                                                            end,
                                                            Math.min(
                                                                    text.length(),
                                                                    end + SURE_WORDS))));
            if (Integer.parseInt(matcher.group(1)) <= AGE_MAX && !isOther) {
                found.accept(
                        new PersonalDataSpan(PersonalDataType.AGE, matcher.start(1), end, score));
            }
        }
    }

    private static boolean isFraction(String text, int end) {
        return (text.charAt(end) == '.' || text.charAt(end) == ',' || text.charAt(end) == ':')
                && end + 1 < text.length()
                && Character.isDigit(text.charAt(end + 1));
    }

    /// Something else than years is counted.
    private static boolean isUnit(String after) {
        String word = after.strip();
        return !word.isEmpty()
                && Character.isLetter(word.charAt(0))
                && after.startsWith(" ")
                && !word.startsWith("year")
                && !word.startsWith("yrs")
                && !word.startsWith("and")
                && !word.startsWith("when")
                && !word.startsWith("in ")
                && !word.startsWith("on ")
                && !word.startsWith("last")
                && !word.startsWith("this");
    }
}
