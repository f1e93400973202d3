package dev.sheaf.context.type;

import dev.sheaf.context.Classification;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.resolve.Resolver;
import dev.sheaf.context.schema.Place;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `fields` and holds each entry against the newest schema.
final class FieldsReader {
    private static final int FIELDS_MAX = 1_000;
    private static final int DEPTH_MAX = 32;
    private static final List<String> KEYS = List.of("merge", "classification", "resolver", "tags");
    private static final int TAGS_MAX = 20;
    private static final Pattern TAG = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final Set<FieldKind> RESOLVED =
            EnumSet.of(FieldKind.STRUCTURE, FieldKind.REGISTER);

    private final Findings findings;
    private final Optional<Place> root;

    /// @param root the newest schema; nothing when it could not be compiled
    FieldsReader(Findings findings, Optional<Place> root) {
        this.findings = findings;
        this.root = root;
    }

    List<FieldDeclaration> read(Section fields) {
        List<FieldDeclaration> read = new ArrayList<>();
        Map<PlacePattern, String> seen = new HashMap<>();
        Map<String, Section> sections = fields.sections();
        if (sections.size() > FIELDS_MAX) {
            findings.add(
                    fields.pointer(),
                    "declares " + sections.size() + " places; " + FIELDS_MAX + " are allowed");
            return read;
        }
        sections.forEach((key, section) ->
                pattern(key, section)
                        .map(pattern -> field(pattern, section))
                        .ifPresent(field -> {
                            String first = seen.putIfAbsent(field.pattern(), key);
                            if (first != null) {
                                findings.add(
                                        field.pointer(), "names the same place as '" + first + "'");
                            }
                            read.add(field);
                        }));
        return read;
    }

    private Optional<PlacePattern> pattern(String key, Section section) {
        try {
            PlacePattern pattern = PlacePattern.parse(key);
            if (pattern.steps().size() <= DEPTH_MAX) {
                return Optional.of(pattern);
            }
            findings.add(section.pointer(), "is nested more than " + DEPTH_MAX + " levels deep");
        } catch (Problem problem) {
            findings.add(section.pointer(), problem.message());
        }
        return Optional.empty();
    }

    private FieldDeclaration field(PlacePattern pattern, Section section) {
        section.allow(KEYS);
        if (KEYS.stream().noneMatch(section::has)) {
            findings.add(section.pointer(), "says nothing; allowed: " + String.join(", ", KEYS));
        }
        FieldDeclaration field =
                new FieldDeclaration(
                        section.pointer(),
                        pattern,
                        section.choice("merge", FieldKind.class),
                        section.parsed("resolver", Resolver::parse),
                        section.choice("classification", Classification.class),
                        tags(section));
        FieldKind kind = field.merge().orElse(FieldKind.STRUCTURE);
        if (field.resolver().isPresent() && !RESOLVED.contains(kind)) {
            section.fault(
                    "resolver",
                    "has no effect with merge: "
                            + written(kind)
                            + ", which has no rival values to choose from; remove one of the two");
        }
        root.ifPresent(place -> checkPlace(field, place));
        return field;
    }

    private static List<String> tags(Section section) {
        if (!section.has("tags")) {
            return List.of();
        }
        List<String> tags = section.texts("tags", FieldsReader::tag);
        if (tags.size() > TAGS_MAX) {
            section.fault("tags", "are " + tags.size() + "; allowed are " + TAGS_MAX);
        }
        return tags.stream().distinct().sorted().toList();
    }

    private static String tag(String text) {
        if (!TAG.matcher(text).matches()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "'"
                            + JsonValues.shown(text)
                            + "' is no tag: 1 to 63 lower-case letters, digits, dots, underscores"
                            + " and hyphens, a letter first");
        }
        return text;
    }

    private void checkPlace(FieldDeclaration field, Place schema) {
        SchemaPlaces places = SchemaPlaces.find(schema, field.pattern());
        if (places.fault().isPresent()) {
            findings.add(field.pointer(), places.fault().get());
            return;
        }
        field.merge().ifPresent(kind -> checkKind(field, kind, places));
        field.resolver().ifPresent(resolver -> checkResolver(field, resolver, places));
    }

    private void checkKind(FieldDeclaration field, FieldKind kind, SchemaPlaces places) {
        String[] needed =
                switch (kind) {
                    case COUNTER -> new String[] {"integer", "number"};
                    case SET, LIST, CONVERSATION -> new String[] {"array"};
                    case TEXT -> new String[] {"string"};
                    case STRUCTURE, REGISTER, IMMUTABLE -> new String[0];
                };
        if (needed.length > 0 && !places.allowAnyOf(needed)) {
            findings.add(
                    JsonPointers.append(field.pointer(), "merge"),
                    "is "
                            + written(kind)
                            + ", which is for "
                            + String.join(" or ", needed)
                            + "; the schema says "
                            + places.types()
                            + " there");
        }
    }

    private void checkResolver(FieldDeclaration field, Resolver resolver, SchemaPlaces places) {
        String[] needed =
                switch (resolver) {
                    case Resolver.Greatest ignored -> new String[] {"integer", "number"};
                    case Resolver.Least ignored -> new String[] {"integer", "number"};
                    case Resolver.Union ignored -> new String[] {"array"};
                    case Resolver.Longest ignored -> new String[] {"string", "array"};
                    case Resolver.LastWriter ignored -> new String[0];
                    case Resolver.First ignored -> new String[0];
                    case Resolver.Escalate ignored -> new String[0];
                    case Resolver.Prefer ignored -> new String[0];
                };
        String at = JsonPointers.append(field.pointer(), "resolver");
        if (needed.length > 0 && !places.allowAnyOf(needed)) {
            findings.add(
                    at,
                    "is "
                            + resolver.name()
                            + ", which is for "
                            + String.join(" or ", needed)
                            + "; the schema says "
                            + places.types()
                            + " there");
        } else if (resolver instanceof Resolver.Union && field.merge().isEmpty()) {
            findings.add(
                    at,
                    "is union, which is for arrays written as a whole; add merge: register, or"
                            + " write merge: set without a resolver");
        }
    }

    private static String written(FieldKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
