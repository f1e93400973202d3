package dev.sheaf.governance.audit.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// A segment file and the number of its first entry.
record Segment(Path file, long firstSequence) {
    private static final Pattern FILE = Pattern.compile("\\d{19}\\.audit");
    private static final String INDEX = ".index";

    static boolean isSegment(Path file) {
        return FILE.matcher(file.getFileName().toString()).matches();
    }

    static String fileName(long firstSequence) {
        return String.format(Locale.ROOT, "%019d.audit", firstSequence);
    }

    /// Where a closed segment's index is.
    Path indexFile() {
        return file.resolveSibling(file.getFileName() + INDEX);
    }
}
