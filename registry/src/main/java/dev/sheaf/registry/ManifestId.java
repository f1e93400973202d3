package dev.sheaf.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

/// Which manifest. As a document's id: `kind:subject@home`, for example
/// `release:sales.orders/3@aws/us-east-1`. The home is part of it, so two regions never write the
/// same document.
///
/// @param subject what is described, within its kind
/// @param home the region that says it
public record ManifestId(ManifestKind kind, String subject, RegionName home)
        implements Comparable<ManifestId> {
    /// @throws Problem INVALID_VALUE for a text that is no such id
    public static ManifestId parse(String text) {
        int colon = text.indexOf(':');
        int at = text.lastIndexOf('@');
        if (colon < 0 || at <= colon + 1) {
            throw wrong(text);
        }
        ManifestKind kind =
                ManifestKind.of(text.substring(0, colon)).orElseThrow(() -> wrong(text));
        return new ManifestId(
                kind, text.substring(colon + 1, at), RegionName.parse(text.substring(at + 1)));
    }

    private static Problem wrong(String text) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "'" + text + "' is no manifest's id; it has the form kind:subject@cloud/location");
    }

    @Override
    public int compareTo(ManifestId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind.word() + ":" + subject + "@" + home;
    }
}
