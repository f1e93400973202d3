package dev.sheaf.contract.draft;

import dev.sheaf.contract.draft.SampleProfile.Column;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which columns could be the primary key: unique and never null in the sample, of a type that keys
/// have; a name like one and an early place speak for a column.
///
/// @param columns names as in the file, in key order
record KeyChoice(List<String> columns, String evidence) {
    private static final Pattern KEY_NAME =
            Pattern.compile("(^|_)(id|key|code|no|nr|num|number|uuid|guid|isbn|sku|stockcode)$");
    private static final int ROWS_MIN = 2;

    KeyChoice {
        columns = List.copyOf(columns);
    }

    static Optional<KeyChoice> of(SampleProfile profile) {
        if (profile.rows() < ROWS_MIN) {
            return Optional.empty();
        }
        Optional<Column> single =
                profile.columns().stream()
                        .filter(column -> isUnique(profile, column))
                        .filter(KeyChoice::hasKeyType)
                        .min(Comparator.comparing((Column column) -> !isKeyName(column.name())));
        if (single.isPresent()) {
            return Optional.of(
                    new KeyChoice(
                            List.of(single.get().name()),
                            profile.rows() + " rows, as many values, no null"));
        }
        return profile.keys().stream()
                .findFirst()
                .map(pair ->
                        new KeyChoice(
                                pair,
                                "together unique in "
                                        + profile.rows()
                                        + " rows, no null; no column is by itself"));
    }

    static boolean isUnique(SampleProfile profile, Column column) {
        return column.nulls() == 0
                && profile.rows() >= ROWS_MIN
                && column.distinct() == profile.rows();
    }

    static boolean isKeyName(String name) {
        return KEY_NAME.matcher(DraftNames.snake(name)).find();
    }

    private static boolean hasKeyType(Column column) {
        String type = column.duckType().toUpperCase(Locale.ROOT);
        return type.contains("INT")
                || type.equals("UUID")
                || type.equals("VARCHAR") && column.maxLength().orElse(0) <= 64;
    }
}
