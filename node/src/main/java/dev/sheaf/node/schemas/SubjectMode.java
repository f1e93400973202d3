package dev.sheaf.node.schemas;

import java.util.Arrays;
import java.util.Optional;

/// Whether new versions are taken.
enum SubjectMode {
    READWRITE,
    READONLY;

    static Optional<SubjectMode> named(String text) {
        return Arrays.stream(values()).filter(each -> each.name().equals(text)).findFirst();
    }
}
