package dev.sheaf.rego.bundle;

import java.util.List;
import java.util.regex.Pattern;

/// The name of an entry, checked: it cannot lead out of the bundle.
///
/// @param path without a slash in front or behind; empty for the bundle's own folder
/// @param isRooted whether a slash stood in front
record EntryName(String path, boolean isRooted) {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\\\]");

    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when the name is not allowed
    static EntryName of(String name) {
        if (name.isEmpty()) {
            throw Faults.unreadable(name, "it has no name", null);
        } else if (FORBIDDEN.matcher(name).find()) {
            throw Faults.unreadable(
                    name, "its name has a backslash or a control character; use / and text", null);
        } else if (DRIVE.matcher(name).matches()) {
            throw absolute(name);
        }
        boolean isRooted = name.startsWith("/");
        String path = name.substring(isRooted ? 1 : name.startsWith("./") ? 2 : 0);
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (trimmed.startsWith("/")) {
            throw absolute(name);
        }
        if (!trimmed.isEmpty()) {
            requireInside(name, trimmed);
        }
        return new EntryName(trimmed.equals(".") ? "" : trimmed, isRooted);
    }

    private static void requireInside(String name, String path) {
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                throw Faults.unreadable(
                        name, "its name leads out of the bundle; names have no .. in them", null);
            } else if (part.isEmpty() || part.equals(".") && !path.equals(".")) {
                throw Faults.unreadable(
                        name, "its name has an empty part or a dot between slashes", null);
            }
        }
    }

    private static dev.sheaf.kernel.Problem absolute(String name) {
        return Faults.unreadable(
                name, "its name is absolute; names begin at the bundle's folder", null);
    }

    /// OPA writes all names with a slash, which then stands for the bundle; any other archive with
    /// such names was not made as a bundle.
    static void requireOneFolder(List<EntryName> names) {
        boolean isOfOpa =
                names.stream().allMatch(EntryName::isRooted)
                        && names.stream().anyMatch(EntryName::isMain);
        names.stream()
                .filter(name -> name.isRooted() && !isOfOpa)
                .findFirst()
                .ifPresent(name -> {
                    throw absolute("/" + name.path());
                });
    }

    private boolean isMain() {
        return path.equals(BundleFile.DATA) || path.equals(BundleFile.MANIFEST);
    }
}
