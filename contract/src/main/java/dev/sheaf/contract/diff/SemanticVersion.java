package dev.sheaf.contract.diff;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version `major.minor.patch` (https://semver.org); a leading `v` and missing parts are
/// forgiven, what follows `-` or `+` is ignored.
public record SemanticVersion(int major, int minor, int patch)
        implements Comparable<SemanticVersion> {
    private static final Pattern FORM =
            Pattern.compile("v?(\\d{1,8})(?:\\.(\\d{1,8}))?(?:\\.(\\d{1,8}))?(?:[-+].*)?");
    private static final Comparator<SemanticVersion> ORDER =
            Comparator.comparingInt(SemanticVersion::major)
                    .thenComparingInt(SemanticVersion::minor)
                    .thenComparingInt(SemanticVersion::patch);

    /// Empty when the text has another form.
    public static Optional<SemanticVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(
                        new SemanticVersion(
                                part(matcher.group(1)),
                                part(matcher.group(2)),
                                part(matcher.group(3))))
                : Optional.empty();
    }

    private static int part(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /// The next version of that weight; before 1.0.0 a breaking change raises the minor version.
    public SemanticVersion next(Bump bump) {
        return switch (bump) {
            case NONE -> this;
            case PATCH -> new SemanticVersion(major, minor, patch + 1);
            case MINOR -> new SemanticVersion(major, minor + 1, 0);
            case MAJOR ->
                    major == 0
                            ? new SemanticVersion(0, minor + 1, 0)
                            : new SemanticVersion(major + 1, 0, 0);
        };
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    /// How much a version must be raised.
    public enum Bump {
        NONE,
        PATCH,
        MINOR,
        MAJOR
    }
}
