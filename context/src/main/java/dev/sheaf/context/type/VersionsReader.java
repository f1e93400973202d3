package dev.sheaf.context.type;

import dev.sheaf.context.schema.Compilation;
import dev.sheaf.context.schema.SchemaValidator;
import dev.sheaf.context.translate.Translation;
import dev.sheaf.context.translate.TranslationStep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `versions`: schemas, their order, and how neighbours translate.
final class VersionsReader {
    private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})");
    private static final int VERSIONS_MAX = 50;

    private final Findings findings;
    private final List<SchemaVersion> versions = new ArrayList<>();
    private Optional<SchemaValidator> before = Optional.empty();
    private String numberBefore = "";
    private boolean usable = true;

    VersionsReader(Findings findings) {
        this.findings = findings;
    }

    /// All versions, or nothing when one of them cannot be used.
    Optional<List<SchemaVersion>> read(Section root) {
        List<Section> entries = root.list("versions");
        if (root.has("versions") && (entries.isEmpty() || entries.size() > VERSIONS_MAX)) {
            root.fault(
                    "versions",
                    "has " + entries.size() + " entries; 1 to " + VERSIONS_MAX + " are allowed");
            return Optional.empty();
        }
        for (int index = 0; index < entries.size(); index++) {
            read(entries.get(index), index == 0);
        }
        return usable && !versions.isEmpty() ? Optional.of(versions) : Optional.empty();
    }

    private void read(Section entry, boolean first) {
        entry.allow(List.of("version", "schema", "translate", "compatible"));
        entry.require("version", "schema");
        Optional<String> number = number(entry);
        Optional<SchemaValidator> validator = schema(entry);
        Optional<Translations> translations = first ? none(entry) : translations(entry, validator);
        if (number.isPresent() && validator.isPresent() && translations.isPresent()) {
            versions.add(
                    new SchemaVersion(
                            number.get(),
                            entry.value("schema"),
                            validator.get(),
                            translations.get().up(),
                            translations.get().down()));
        } else {
            usable = false;
        }
        before = validator;
    }

    private record Translations(Translation up, Translation down) {
        static final Translations NONE = new Translations(Translation.NONE, Translation.NONE);
    }

    private Optional<String> number(Section entry) {
        Optional<String> number = entry.text("version");
        if (number.isEmpty()) {
            return number;
        }
        if (!VERSION.matcher(number.get()).matches()) {
            entry.wrong("version", "major.minor, as in \"1.0\"");
            return Optional.empty();
        }
        if (!numberBefore.isEmpty() && compare(numberBefore, number.get()) >= 0) {
            entry.fault(
                    "version",
                    "is "
                            + number.get()
                            + " after "
                            + numberBefore
                            + "; versions ascend, each once");
        }
        numberBefore = number.get();
        return number;
    }

    private static int compare(String left, String right) {
        String[] leftParts = left.split("\\.", -1);
        String[] rightParts = right.split("\\.", -1);
        int byMajor =
                Integer.compare(Integer.parseInt(leftParts[0]), Integer.parseInt(rightParts[0]));
        return byMajor != 0
                ? byMajor
                : Integer.compare(Integer.parseInt(leftParts[1]), Integer.parseInt(rightParts[1]));
    }

    private Optional<SchemaValidator> schema(Section entry) {
        if (!entry.has("schema")) {
            return Optional.empty();
        }
        return switch (SchemaValidator.compile(entry.value("schema"))) {
            case Compilation.Compiled compiled -> Optional.of(compiled.validator());
            case Compilation.Refused refused -> {
                refused.faults()
                        .forEach(fault ->
                                findings.add(
                                        entry.at("schema") + fault.pointer(), fault.message()));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Translations> none(Section entry) {
        for (String key : List.of("translate", "compatible")) {
            if (entry.has(key)) {
                entry.fault(key, "has nothing to translate from: this is the first version");
            }
        }
        return Optional.of(Translations.NONE);
    }

    private Optional<Translations> translations(
            Section entry, Optional<SchemaValidator> validator) {
        boolean compatible = entry.flag("compatible").orElse(false);
        if (compatible == entry.has("translate")) {
            findings.add(
                    entry.pointer(),
                    "must say how its documents relate to those of the version before: either"
                            + " translate, with up and down, or compatible: true");
            return Optional.empty();
        }
        if (compatible) {
            return Optional.of(Translations.NONE);
        }
        Optional<Section> translate = entry.section("translate");
        translate.ifPresent(section -> {
            section.allow(List.of("up", "down"));
            section.require("up", "down");
        });
        return translate.map(section -> steps(section, validator));
    }

    private Translations steps(Section translate, Optional<SchemaValidator> validator) {
        int known = findings.count();
        List<TranslationStep> up = StepsReader.read(translate, "up");
        List<TranslationStep> down = StepsReader.read(translate, "down");
        if (findings.count() == known) {
            UndoCheck.run(translate, "up", up, "down", down);
            UndoCheck.run(translate, "down", down, "up", up);
            before.ifPresent(schema -> checkPlaces(translate, "up", up, schema));
            validator.ifPresent(schema -> checkPlaces(translate, "down", down, schema));
        }
        return new Translations(new Translation(up), new Translation(down));
    }

    /// What a step changes must be something that its source version allows.
    private void checkPlaces(
            Section translate, String name, List<TranslationStep> steps, SchemaValidator source) {
        for (TranslationStep step : steps) {
            if (step instanceof TranslationStep.Default) {
                continue;
            }
            boolean made =
                    steps.stream()
                            .takeWhile(each -> each != step)
                            .anyMatch(each -> each instanceof TranslationStep.Rename);
            Optional<String> fault = SchemaPlaces.find(source.root(), step.path()).fault();
            if (fault.isPresent() && !made) {
                translate.fault(name, "has a step at " + step.path() + ", which " + fault.get());
            }
        }
    }
}
