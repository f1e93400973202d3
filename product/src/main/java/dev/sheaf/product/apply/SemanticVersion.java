package dev.sheaf.product.apply;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A contract's version, `MAJOR.MINOR.PATCH`; the shorter forms `1` and `1.2` and a leading `v` are
/// understood, a label such as `-draft` sorts before the version without it.
record SemanticVersion(BigInteger major, BigInteger minor, BigInteger patch, String label)
        implements Comparable<SemanticVersion> {
    private static final Pattern FORM =
            Pattern.compile(
                    "v?(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?"
                            + "(?:-([0-9A-Za-z.-]{1,64}))?(?:\\+[0-9A-Za-z.-]{1,64})?");
    private static final Comparator<SemanticVersion> ORDER =
            Comparator.comparing(SemanticVersion::major)
                    .thenComparing(SemanticVersion::minor)
                    .thenComparing(SemanticVersion::patch)
                    .thenComparing(version -> version.label.isEmpty())
                    .thenComparing(SemanticVersion::label);

    static Optional<SemanticVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new SemanticVersion(
                                number(matcher, 1),
                                number(matcher, 2),
                                number(matcher, 3),
                                matcher.group(4) == null ? "" : matcher.group(4)))
                : Optional.empty();
    }

    private static BigInteger number(Matcher matcher, int group) {
        return matcher.group(group) == null
                ? BigInteger.ZERO
                : new BigInteger(matcher.group(group));
    }

    /// The first version that may break what this one promised.
    String nextMajor() {
        return major.add(BigInteger.ONE) + ".0.0";
    }

    String nextPatch() {
        return major + "." + minor + "." + patch.add(BigInteger.ONE);
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return ORDER.compare(this, other);
    }
}
