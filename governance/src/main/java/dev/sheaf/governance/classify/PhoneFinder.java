package dev.sheaf.governance.classify;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import java.util.Set;
import java.util.function.Consumer;

/// Telephone numbers: groups of digits as many countries write them, surer with a plus, with
/// brackets, or with a word beside them.
final class PhoneFinder implements SpanFinder {
    private static final int DIGITS_MIN = 7;
    private static final int DIGITS_MAX = 15;
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?:\\+ ?|\\b00[ -]?)?(?:\\(\\+?\\d{1,4}\\)|\\d{1,14})(?:["
                        + " ./-]{0,2}(?:\\(\\d{1,4}\\)|\\d{1,11})){0,6}(?: ?(?:x|ext\\.?|extension)"
                        + " ?\\d{1,6})?");
    private static final Pattern DATE =
            Pattern.compile(
                    "(?:\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}.*|\\d{1,2}[-./]\\d{1,2}[-./]\\d{4}|\\d{1,4}[-–]\\d{4})");
    private static final Pattern WHOLE_NANP =
            Pattern.compile(
                    "(?:\\+?1[ .-]?|001[ .-]?)?\\(?[2-9]\\d{2}\\)?[ .-]?[2-9]\\d{2}[ .-]?\\d{4}.*");
    private static final Set<String> WORDS =
            Set.of(
                    "phone",
                    "telephone",
                    "tel",
                    "call",
                    "mobile",
                    "cell",
                    "fax",
                    "whatsapp",
                    "sms",
                    "text me",
                    "message",
                    "reach",
                    "dial",
                    "hotline",
                    "contact",
                    "answering",
                    "telefon",
                    "handy",
                    "office",
                    "desk",
                    "ring",
                    "number is");

    @Override
    public void find(String text, Consumer<PersonalDataSpan> found) {
        if (text.chars().filter(Character::isDigit).limit(DIGITS_MIN).count() < DIGITS_MIN) {
            return;
        }
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            int start = matcher.start();
            int end = matcher.end();
            if (SpanFinder.isFree(text, start, end) && !isInside(text, start, end)) {
                double score = score(matcher.group(), Context.of(text, start, end));
                if (score > 0) {
                    found.accept(
                            new PersonalDataSpan(PersonalDataType.PHONE_NUMBER, start, end, score));
                }
            }
        }
    }

    /// Within a longer number, a price or a fraction.
    private static boolean isInside(String text, int start, int end) {
        boolean isPrice = start > 0 && "$€£#=%@_".indexOf(text.charAt(start - 1)) >= 0;
        boolean isFraction =
                start > 1
                        && ".,:/-".indexOf(text.charAt(start - 1)) >= 0
                        && Character.isDigit(text.charAt(start - 2));
        boolean isAfter = isPrice || isFraction;
        boolean isBefore =
                end < text.length() - 1
                        && ("%€$:@_".indexOf(text.charAt(end)) >= 0)
                        && Character.isLetterOrDigit(text.charAt(end + 1));
        return isAfter || isBefore;
    }

    /// 0 for what is no telephone number.
    static double score(String number, Context context) {
        int extension = extensionAt(number);
        String main = extension < 0 ? number : number.substring(0, extension);
        int digits = (int) main.chars().filter(Character::isDigit).count();
        if (digits < DIGITS_MIN || digits > DIGITS_MAX || DATE.matches(main.strip())) {
            return 0;
        }
        int groups = 0;
        for (int i = 0; i < main.length(); i++) {
            boolean isStart =
                    Character.isDigit(main.charAt(i))
                            && (i == 0 || !Character.isDigit(main.charAt(i - 1)));
            groups += isStart ? 1 : 0;
        }
        boolean isInternational = main.startsWith("+") || main.startsWith("00");
        boolean hasWord = context.mentions(WORDS);
        double score;
        if (isInternational) {
            score = 0.85;
        } else if (extension >= 0 || (groups > 1 && WHOLE_NANP.matches(number))) {
            score = 0.75;
        } else if (main.indexOf('(') >= 0 && groups > 1) {
            score = 0.6;
        } else if (groups > 1) {
            score = groups == 2 && digits > 11 ? 0.2 : 0.45;
        } else {
            score = digits >= 10 && digits <= 11 ? 0.25 : 0.1;
        }
        return Math.min(1, hasWord ? score + 0.35 : score);
    }

    /// Whether the whole value is written like a number.
    static boolean isWhole(String value) {
        return NUMBER.matches(value);
    }

    private static int extensionAt(String number) {
        int x = number.indexOf('x');
        int ext = number.indexOf("ext");
        return ext >= 0 ? ext : x;
    }
}
