package dev.sheaf.context.type;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.translate.TranslationStep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the steps of a translation in one direction.
final class StepsReader {
    private static final List<String> STEPS =
            List.of("rename", "default", "map", "remove", "convert", "wrap", "unwrap");
    private static final int STEPS_MAX = 200;

    private StepsReader() {}

    static List<TranslationStep> read(Section translate, String direction) {
        List<TranslationStep> steps = new ArrayList<>();
        List<Section> entries = translate.list(direction);
        if (entries.size() > STEPS_MAX) {
            translate.fault(
                    direction, "has " + entries.size() + " steps; " + STEPS_MAX + " are allowed");
            return steps;
        }
        for (Section entry : entries) {
            List<String> keys = entry.keys();
            if (keys.size() != 1 || !STEPS.contains(keys.getFirst())) {
                entry.findings()
                        .add(
                                entry.pointer(),
                                "must hold exactly one of "
                                        + String.join(", ", STEPS)
                                        + (keys.isEmpty()
                                                ? ""
                                                : NearMiss.hint(keys.getFirst(), STEPS)));
                continue;
            }
            step(entry, keys.getFirst()).ifPresent(steps::add);
        }
        return steps;
    }

    private static Optional<TranslationStep> step(Section entry, String name) {
        if (name.equals("remove") || name.equals("wrap")) {
            return path(entry, name, name.equals("remove"))
                    .map(path ->
                            name.equals("remove")
                                    ? new TranslationStep.Remove(path)
                                    : new TranslationStep.Wrap(path));
        }
        if (name.equals("unwrap") && entry.value(name).isString()) {
            return path(entry, name, false).map(path -> new TranslationStep.Unwrap(path, false));
        }
        Optional<Section> found = entry.section(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Section section = found.get();
        return switch (name) {
            case "rename" -> rename(section);
            case "default" -> defaulted(section);
            case "map" -> mapped(section);
            case "convert" -> converted(section);
            default -> unwrapped(section);
        };
    }

    private static Optional<TranslationStep> rename(Section section) {
        section.allow(List.of("from", "to"));
        section.require("from", "to");
        Optional<PlacePattern> from = path(section, "from", true);
        Optional<PlacePattern> to = path(section, "to", true);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        List<String> fromSteps = from.get().steps();
        List<String> toSteps = to.get().steps();
        boolean siblings =
                fromSteps.size() == toSteps.size()
                        && fromSteps
                                .subList(0, fromSteps.size() - 1)
                                .equals(toSteps.subList(0, toSteps.size() - 1));
        if (!siblings || from.equals(to)) {
            section.fault(
                    "to",
                    "is '"
                            + JsonValues.shown(to.get().toString())
                            + "'; a rename changes the last name and leaves the member in its"
                            + " object, as in /customer/mail to /customer/email");
            return Optional.empty();
        }
        return Optional.of(new TranslationStep.Rename(from.get(), toSteps.getLast()));
    }

    private static Optional<TranslationStep> defaulted(Section section) {
        section.allow(List.of("path", "value"));
        section.require("path", "value");
        return section.has("value")
                ? path(section, "path", true)
                        .map(path -> new TranslationStep.Default(path, section.value("value")))
                : Optional.empty();
    }

    private static Optional<TranslationStep> mapped(Section section) {
        section.allow(List.of("path", "values", "otherwise", "lossy"));
        section.require("path", "values");
        Map<String, String> values = new LinkedHashMap<>();
        section.section("values")
                .ifPresent(listed ->
                        listed.keys()
                                .forEach(key ->
                                        listed.text(key)
                                                .ifPresent(value -> values.put(key, value))));
        Optional<String> otherwise = section.text("otherwise");
        boolean lossy = section.flag("lossy").orElse(false);
        Optional<PlacePattern> path = path(section, "path", false);
        if (path.isEmpty() || values.isEmpty()) {
            return Optional.empty();
        }
        TranslationStep.Replace step =
                new TranslationStep.Replace(path.get(), values, otherwise, lossy);
        if (step.merges() && !lossy) {
            section.fault(
                    otherwise.isPresent() ? "otherwise" : "values",
                    "makes several values the same, which cannot be undone; add lossy: true if that"
                            + " is meant");
        }
        return Optional.of(step);
    }

    private static Optional<TranslationStep> converted(Section section) {
        section.allow(List.of("path", "from", "to", "lossy"));
        section.require("path", "from", "to");
        Optional<PlacePattern> path = path(section, "path", false);
        Optional<TranslationStep.ScalarType> from =
                section.choice("from", TranslationStep.ScalarType.class);
        Optional<TranslationStep.ScalarType> to =
                section.choice("to", TranslationStep.ScalarType.class);
        boolean lossy = section.flag("lossy").orElse(false);
        if (path.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (from.equals(to) || isOfTruth(from.get(), to.get())) {
            section.fault(
                    "to",
                    "cannot be "
                            + JsonValues.shown(section.value("to"))
                            + " from "
                            + JsonValues.shown(section.value("from"))
                            + "; allowed: string to and from number, integer and boolean, number to"
                            + " and from integer");
            return Optional.empty();
        }
        return Optional.of(new TranslationStep.Convert(path.get(), from.get(), to.get(), lossy));
    }

    private static boolean isOfTruth(
            TranslationStep.ScalarType from, TranslationStep.ScalarType to) {
        boolean truth =
                from == TranslationStep.ScalarType.BOOLEAN
                        || to == TranslationStep.ScalarType.BOOLEAN;
        boolean text =
                from == TranslationStep.ScalarType.STRING
                        || to == TranslationStep.ScalarType.STRING;
        return truth && !text;
    }

    private static Optional<TranslationStep> unwrapped(Section section) {
        section.allow(List.of("path", "lossy"));
        section.require("path");
        boolean lossy = section.flag("lossy").orElse(false);
        return path(section, "path", false).map(path -> new TranslationStep.Unwrap(path, lossy));
    }

    private static Optional<PlacePattern> path(Section section, String key, boolean named) {
        Optional<PlacePattern> path = section.parsed(key, PlacePattern::parse);
        if (path.isEmpty()) {
            return path;
        }
        List<String> steps = path.get().steps();
        if (steps.isEmpty() || named && steps.getLast().equals(PlacePattern.ANY)) {
            section.fault(
                    key,
                    "is '"
                            + JsonPointers.of(steps)
                            + "'; it must name a member"
                            + (steps.isEmpty() ? "" : ", * is for what is above it"));
            return Optional.empty();
        }
        return path;
    }
}
