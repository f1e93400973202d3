package dev.sheaf.registry;

import java.util.Locale;

/// Constants as words in documents.
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
