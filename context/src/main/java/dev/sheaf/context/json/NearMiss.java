package dev.sheaf.context.json;

import dev.sheaf.kernel.NearestName;

/// Finds what somebody probably meant to write.
public final class NearMiss {
    private NearMiss() {}

    /// `; did you mean 'staleness'?`, or nothing when no known word is at most two typing errors
    /// away.
    public static String hint(String written, Iterable<String> known) {
        return NearestName.of(written, known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
    }
}
