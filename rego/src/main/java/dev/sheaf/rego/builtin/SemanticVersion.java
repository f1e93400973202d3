package dev.sheaf.rego.builtin;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version as `1.2.3-rc.1+build`; a `v` may stand before it.
///
/// Source: semver.org 2.0.0, as leniently as OPA reads it.
///
/// @param numbers major, minor, patch
/// @param preRelease empty for a release
record SemanticVersion(List<Long> numbers, List<String> preRelease)
        implements Comparable<SemanticVersion> {
    private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final Pattern FORM =
            Pattern.compile(
                    "v?([0-9]+)\\.([0-9]+)\\.([0-9]+)"
                            + "(?:-("
                            + IDENTIFIERS
                            + ")?)?(?:\\+(?:"
                            + IDENTIFIERS
                            + ")?)?");

    /// Null when it is no version.
    static @Nullable SemanticVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        List<BigInteger> numbers =
                List.of(
                        new BigInteger(matcher.group(1)),
                        new BigInteger(matcher.group(2)),
                        new BigInteger(matcher.group(3)));
        if (numbers.stream().anyMatch(number -> number.bitLength() >= Long.SIZE)) {
            return null;
        }
        String preRelease = matcher.group(4);
        return new SemanticVersion(
                numbers.stream().map(BigInteger::longValueExact).toList(),
                preRelease == null ? List.of() : List.of(preRelease.split("\\.")));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < numbers.size(); i++) {
            int order = numbers.get(i).compareTo(other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        int common = Math.min(preRelease.size(), other.preRelease.size());
        for (int i = 0; i < common; i++) {
            int order = compare(preRelease.get(i), other.preRelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    /// Numbers come before texts.
    private static int compare(String left, String right) {
        boolean isNumber = isNumber(left);
        boolean isOtherNumber = isNumber(right);
        if (isNumber && isOtherNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return isNumber == isOtherNumber ? left.compareTo(right) : isNumber ? -1 : 1;
    }

    private static boolean isNumber(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
