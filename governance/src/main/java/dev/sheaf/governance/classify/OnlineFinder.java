package dev.sheaf.governance.classify;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import java.util.function.Consumer;
import java.util.function.Predicate;

/// E-mail addresses, web addresses and IP addresses.
final class OnlineFinder implements SpanFinder {
    @Override
    public void find(String text, Consumer<PersonalDataSpan> found) {
        if (text.indexOf('@') > 0) {
            find(
                    text,
                    TextPatterns.EMAIL,
                    PersonalDataType.EMAIL_ADDRESS,
                    0.99,
                    email -> true,
                    found);
        }
        boolean hasDot = text.indexOf('.') > 0;
        boolean hasColon = text.indexOf(':') >= 0;
        if (!hasDot && !hasColon) {
            return;
        }
        Matcher url = TextPatterns.URL.matcher(text);
        while (url.find()) {
            int end = url.end();
            while (end > url.start() && ".,;:!?)]}".indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            if (end > url.start() + 4) {
                found.accept(new PersonalDataSpan(PersonalDataType.URL, url.start(), end, 0.9));
            }
        }
        PersonalDataType ip = PersonalDataType.IP_ADDRESS;
        if (hasDot && text.chars().anyMatch(Character::isDigit)) {
            find(text, TextPatterns.IPV4, ip, 0.9, TextPatterns::isIpv4, found);
        }
        if (hasColon) {
            find(text, TextPatterns.IPV6, ip, 0.9, OnlineFinder::isIpv6InText, found);
        }
    }

    /// In texts `a::b` is more often something else.
    private static boolean isIpv6InText(String address) {
        return address.length() >= 6
                && address.chars().anyMatch(Character::isDigit)
                && TextPatterns.isIpv6(address);
    }

    private static void find(
            String text,
            Pattern pattern,
            PersonalDataType type,
            double score,
            Predicate<String> check,
            Consumer<PersonalDataSpan> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int start = matcher.start();
            int end = matcher.end();
            boolean isPartOfMore =
                    type == PersonalDataType.IP_ADDRESS
                            && (isBeside(text, start - 1) || isNumberBehind(text, end));
            if (SpanFinder.isFree(text, start, end)
                    && !isPartOfMore
                    && check.test(matcher.group())) {
                found.accept(new PersonalDataSpan(type, start, end, score));
            }
        }
    }

    private static boolean isBeside(String text, int at) {
        return at >= 0 && (text.charAt(at) == '.' || text.charAt(at) == ':');
    }

    private static boolean isNumberBehind(String text, int end) {
        return end + 1 < text.length()
                && (text.charAt(end) == '.' || text.charAt(end) == ':')
                && Character.isLetterOrDigit(text.charAt(end + 1));
    }
}
