package dev.sheaf.contract.draft;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.draft.SampleProfile.Column;
import dev.sheaf.contract.draft.SampleProfile.Frequency;
import dev.sheaf.contract.draft.SampleProfile.Shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One property of the draft with the evidence for each of its lines.
final class ColumnDraft {
    private static final int ALLOWED_VALUES_MAX = 25;
    private static final int ROWS_PER_VALUE_MIN = 20;
    private static final int ROWS_FOR_UNIQUE_MIN = 100;
    private static final int ROWS_FOR_PARTITIONS_MIN = 1_000_000;
    private static final int ROWS_FOR_TRUST_MIN = 30;
    private static final Pattern NEVER_NEGATIVE =
            Pattern.compile(
                    "(^|_)(price|amount|quantity|qty|count|total|cost|age|stock|weight|length|size|"
                            + "height|width|duration|distance|year)");

    private final SampleProfile profile;
    private final Column column;
    private final String name;
    private final Optional<KeyChoice> key;
    private final ColumnType type;
    private final Optional<PersonalGuess> guess;
    private final Optional<String> personal;

    /// @param guess of somebody who knows more of personal data
    ColumnDraft(
            SampleProfile profile,
            Column column,
            String name,
            Optional<KeyChoice> key,
            Optional<PersonalGuess> guess) {
        this.profile = profile;
        this.column = column;
        this.name = name;
        this.key = key;
        this.type = DuckTypes.parse(column.duckType()).orElse(Primitive.STRING);
        this.guess = guess;
        this.personal =
                guess.filter(PersonalGuess::isSure)
                        .map(PersonalGuess::words)
                        .or(() -> PersonalData.evidence(column, name));
    }

    void write(YamlWriter yaml, int indent) {
        yaml.line(indent, "- name: " + YamlWriter.quoted(name));
        int inner = indent + 2;
        if (!name.equals(column.name())) {
            yaml.line(inner, "physicalName: " + YamlWriter.quoted(column.name()));
        }
        type(yaml, inner);
        options(yaml, inner);
        TypeLines.nested(yaml, inner, type);
        required(yaml, inner);
        keys(yaml, inner);
        partition(yaml, inner);
        personal(yaml, inner);
        allowedValues(yaml, inner);
        quality(yaml, inner);
    }

    private void personal(YamlWriter yaml, int indent) {
        String kind =
                guess.filter(PersonalGuess::isSure)
                        .map(PersonalGuess::classification)
                        .orElse("pii");
        personal.ifPresentOrElse(
                evidence -> {
                    yaml.line(indent, "classification: " + kind, "confirm: " + evidence);
                    yaml.line(indent, "tags: [pii]");
                },
                () ->
                        guess.ifPresent(unsure ->
                                yaml.remark(
                                        indent,
                                        "perhaps 'classification: "
                                                + unsure.classification()
                                                + "': "
                                                + unsure.words())));
    }

    private void type(YamlWriter yaml, int indent) {
        if (DuckTypes.parse(column.duckType()).isEmpty()) {
            yaml.remark(
                    indent,
                    column.duckType() + " has no place in a table: read as text, convert it");
        }
        yaml.line(indent, "logicalType: " + TypeLines.logical(type), range());
        yaml.line(indent, "physicalType: " + YamlWriter.quoted(DuckTypes.toSql(type)));
    }

    private String range() {
        long values = profile.rows() - column.nulls();
        if (values == 0) {
            return "no value in " + profile.rows() + " rows: the type is a guess";
        }
        StringBuilder text = new StringBuilder(column.distinct() + " different in " + values);
        if (personal.isEmpty() && column.min().isPresent() && column.max().isPresent()) {
            text.append(", ")
                    .append(shown(column.min().get()))
                    .append(" to ")
                    .append(shown(column.max().get()));
        }
        if (column.maxLength().isPresent()) {
            text.append(", ")
                    .append(column.minLength().orElse(0))
                    .append(" to ")
                    .append(column.maxLength().getAsInt())
                    .append(" characters");
        }
        return text.toString();
    }

    private static String shown(String value) {
        return value.length() > 24
                ? value.substring(0, value.offsetByCodePoints(0, 20)) + "…"
                : value;
    }

    private void options(YamlWriter yaml, int indent) {
        List<String[]> options = new ArrayList<>();
        TypeLines.options(type).forEach(option -> options.add(new String[] {option, ""}));
        if (type == Primitive.STRING) {
            format().ifPresent(options::add);
        }
        if (isNumber() && neverNegative()) {
            options.add(new String[] {"minimum: 0", "smallest value " + column.min().orElse("0")});
        }
        if (!options.isEmpty()) {
            yaml.line(indent, "logicalTypeOptions:");
            for (String[] option : options) {
                if (option[1].isEmpty()) {
                    yaml.line(indent + 2, option[0]);
                } else {
                    yaml.line(indent + 2, option[0], option[1]);
                }
            }
        }
        hint(yaml, indent);
    }

    private Optional<String[]> format() {
        for (Shape shape : List.of(Shape.UUID, Shape.EMAIL, Shape.IPV4, Shape.IPV6, Shape.URL)) {
            if (column.share(shape) == 1.0) {
                String format =
                        shape == Shape.URL
                                ? "uri"
                                : shape.name().toLowerCase(java.util.Locale.ROOT);
                return Optional.of(new String[] {"format: " + format, "every value has this form"});
            }
        }
        return Optional.empty();
    }

    /// What is too uncertain for a rule.
    private void hint(YamlWriter yaml, int indent) {
        if (column.share(Shape.WHOLE) == 1.0) {
            yaml.remark(indent, "every value is whole: logicalType integer, if that is meant");
        }
        if (type != Primitive.STRING) {
            return;
        }
        hint(
                yaml,
                indent,
                Shape.DATE_POINTS,
                "dates written dd.MM.yyyy: logicalType date with that format");
        hint(
                yaml,
                indent,
                Shape.DATE_SLASHES,
                "dates with slashes: find out the order of day and month");
        hint(yaml, indent, Shape.DATE_ISO, "dates: logicalType date");
        if (column.share(Shape.DIGITS) == 1.0) {
            yaml.remark(indent, "digits only, kept as text (leading zeros?)");
        }
        for (Shape shape : List.of(Shape.EMAIL, Shape.UUID, Shape.URL)) {
            double share = column.share(shape);
            if (share >= 0.8 && share < 1.0) {
                yaml.remark(
                        indent,
                        PersonalData.percent(share)
                                + " look like "
                                + shape.name().toLowerCase(java.util.Locale.ROOT)
                                + "; not all, so no format is demanded");
            }
        }
    }

    private void hint(YamlWriter yaml, int indent, Shape shape, String words) {
        double share = column.share(shape);
        if (share >= 0.8) {
            yaml.remark(indent, PersonalData.percent(share) + " look like " + words);
        }
    }

    private boolean isNumber() {
        return type == Primitive.INT
                || type == Primitive.LONG
                || type == Primitive.FLOAT
                || type == Primitive.DOUBLE
                || type instanceof ColumnType.Decimal;
    }

    private boolean neverNegative() {
        return NEVER_NEGATIVE.matcher(name).find()
                && column.min().filter(min -> !min.startsWith("-")).isPresent();
    }

    private void required(YamlWriter yaml, int indent) {
        if (profile.rows() == 0) {
            return;
        }
        if (column.nulls() == 0) {
            String few = profile.rows() < ROWS_FOR_TRUST_MIN ? " only: confirm" : "";
            yaml.line(indent, "required: true", "no null in " + profile.rows() + " rows" + few);
        } else {
            yaml.line(
                    indent,
                    "required: false",
                    column.nulls()
                            + " of "
                            + profile.rows()
                            + " rows ("
                            + PersonalData.percent((double) column.nulls() / profile.rows())
                            + ") have none");
        }
    }

    private void keys(YamlWriter yaml, int indent) {
        int position = key.map(choice -> choice.columns().indexOf(column.name())).orElse(-1);
        if (position >= 0) {
            yaml.line(indent, "primaryKey: true", key.map(KeyChoice::evidence).orElse(""));
            yaml.line(indent, "primaryKeyPosition: " + (position + 1));
        } else if (KeyChoice.isUnique(profile, column)) {
            boolean trusted =
                    profile.rows() >= ROWS_FOR_UNIQUE_MIN && KeyChoice.isKeyName(column.name());
            String evidence = "no value twice in " + profile.rows() + " rows";
            if (trusted) {
                yaml.line(indent, "unique: true", evidence);
            } else {
                yaml.remark(indent, evidence + "; say 'unique: true' if that is meant");
            }
        }
    }

    private void partition(YamlWriter yaml, int indent) {
        if (type != Primitive.DATE || column.distinct() < 2 || column.nulls() > 0) {
            return;
        }
        long rowsPerDay = profile.rows() / column.distinct();
        String evidence = column.distinct() + " days, about " + rowsPerDay + " rows each";
        if (profile.rows() >= ROWS_FOR_PARTITIONS_MIN) {
            yaml.line(indent, "partitioned: true", evidence);
            yaml.line(indent, "partitionKeyPosition: 1");
        } else {
            yaml.remark(indent, evidence + ": too few to partition by, a candidate when it grows");
        }
    }

    private void allowedValues(YamlWriter yaml, int indent) {
        boolean few =
                type == Primitive.STRING
                        && personal.isEmpty()
                        && column.distinct() > 1
                        && column.distinct() <= ALLOWED_VALUES_MAX
                        && column.top().size() == column.distinct()
                        && profile.rows() - column.nulls()
                                >= column.distinct() * ROWS_PER_VALUE_MIN;
        if (!few) {
            return;
        }
        List<String> values =
                column.top().stream().map(Frequency::value).map(YamlWriter::quoted).toList();
        Frequency rarest = column.top().getLast();
        yaml.line(indent, "customProperties:");
        yaml.line(indent + 2, "- property: sheaf.allowedValues");
        yaml.line(
                indent + 4,
                "value: [" + String.join(", ", values) + "]",
                "only these in "
                        + (profile.rows() - column.nulls())
                        + " values; the rarest, "
                        + shown(rarest.value())
                        + ", "
                        + rarest.count()
                        + " times");
    }

    private void quality(YamlWriter yaml, int indent) {
        if (column.nulls() == 0 || profile.rows() == 0 || column.nulls() == profile.rows()) {
            return;
        }
        double percent = 100.0 * column.nulls() / profile.rows();
        long limit = Math.min(100, (long) Math.ceil(percent * 1.5) + 1);
        yaml.line(indent, "quality:");
        yaml.line(indent + 2, "- metric: nullValues");
        yaml.line(indent + 4, "unit: percent");
        yaml.line(
                indent + 4,
                "mustBeLessOrEqualTo: " + limit,
                "the sample has " + PersonalData.percent(percent / 100) + ", half as much again");
        yaml.line(indent + 4, "dimension: completeness");
        yaml.line(indent + 4, "severity: warning");
    }
}
