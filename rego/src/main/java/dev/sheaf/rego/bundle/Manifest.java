package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ObjectValue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a bundle says of itself in `.manifest`. Immutable.
///
/// @param revision of whoever built it; may be empty
/// @param roots the paths of data that the bundle owns, without slashes around them; `""` is all;
///   none lies within another
/// @param metadata anything
/// @param regoVersion the dialect of its policies; whoever reads the bundle decides when it is
///   empty
/// @param fileRegoVersions the dialect of some policies, by patterns of their names
public record Manifest(
        String revision,
        List<String> roots,
        ObjectValue metadata,
        Optional<RegoVersion> regoVersion,
        Map<String, RegoVersion> fileRegoVersions) {
    /// That of a bundle without one: it owns everything.
    public static final Manifest EMPTY =
            new Manifest("", List.of(""), ObjectValue.EMPTY, Optional.empty(), Map.of());

    /// @throws Problem INVALID_VALUE when roots overlap, or a pattern is none
    public Manifest {
        roots = Roots.disjoint(roots);
        fileRegoVersions = java.util.Collections.unmodifiableMap(new TreeMap<>(fileRegoVersions));
        fileRegoVersions.keySet().forEach(FilePattern::of);
    }

    /// What a file `.manifest` says.
    ///
    /// @throws Problem UNREADABLE_INPUT when it is no JSON object, INVALID_VALUE when a field is
    ///   not what it should be
    public static Manifest parse(String json) {
        return ManifestJson.read(BundleFile.ofText(BundleFile.MANIFEST, json));
    }

    /// The dialect of a policy: that of its name, else of the longest pattern that matches, else
    /// the bundle's, else `otherwise`.
    public RegoVersion versionOf(String name, RegoVersion otherwise) {
        return fileRegoVersions.keySet().stream()
                .map(FilePattern::of)
                .filter(pattern -> pattern.matches(name))
                .max(
                        Comparator.comparing((FilePattern each) -> isName(each.text(), name))
                                .thenComparing(each -> each.text().length())
                                .thenComparing(FilePattern::text))
                .map(FilePattern::text)
                .map(fileRegoVersions::get)
                .orElse(regoVersion.orElse(otherwise));
    }

    private static boolean isName(String pattern, String name) {
        return pattern.equals(name) || pattern.equals("/" + name);
    }

    /// Whether both own a path; two such bundles cannot be used together.
    public boolean overlaps(Manifest other) {
        return ownedPaths().overlap(other.ownedPaths());
    }

    Manifest withFileRegoVersions(Map<String, RegoVersion> versions) {
        return new Manifest(revision, roots, metadata, regoVersion, versions);
    }

    /// The paths that the bundle owns.
    Roots ownedPaths() {
        return new Roots(roots);
    }
}
