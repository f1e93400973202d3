package dev.sheaf.contract.internal;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Finding.Severity;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Pointers;
import dev.sheaf.contract.document.Position;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a schema cannot say: whether a contract makes sense. All findings are warnings, because the
/// standard allows what they are about; their keywords begin with `sheaf.`.
final class SenseChecks {
    private final Node.Mapping root;
    private final List<Finding> findings = new ArrayList<>();

    private SenseChecks(Node.Mapping root) {
        this.root = root;
    }

    /// @param root of a document of ODCS 3 without errors
    static List<Finding> run(Node.Mapping root) {
        SenseChecks checks = new SenseChecks(root);
        List<Fields> tables = new Fields(root).objects("schema");
        checks.names(tables, "/schema", "table");
        int index = 0;
        for (Fields table : tables) {
            String pointer = "/schema/" + index++;
            checks.table(table, pointer);
        }
        new ProtectionChecks(checks::warn).run(new Fields(root), tables);
        checks.findings.addAll(new RelationshipChecks(root).run());
        return checks.findings;
    }

    private void table(Fields table, String pointer) {
        List<Fields> properties = table.objects("properties");
        if (properties.isEmpty()) {
            warn(pointer, "sheaf.empty", "has no properties, so nothing can be published into it");
        }
        positions(properties, pointer, "primaryKey", "primaryKeyPosition");
        positions(properties, pointer, "partitioned", "partitionKeyPosition");
        rules(table, pointer);
        properties(table, pointer);
    }

    private void properties(Fields owner, String pointer) {
        List<Fields> properties = owner.objects("properties");
        names(properties, pointer + "/properties", "property");
        int index = 0;
        for (Fields property : properties) {
            String at = pointer + "/properties/" + index++;
            if (property.items("properties").isEmpty()) {
                TypeResolution.of(property)
                        .doubt()
                        .ifPresent(doubt -> warn(at, "sheaf.type", doubt));
            }
            constraints(property, at);
            rules(property, at);
            properties(property, at);
        }
    }

    /// Names that differ only in case are one name to SQL.
    private void names(List<Fields> elements, String pointer, String what) {
        Map<String, Integer> seen = new HashMap<>();
        for (int index = 0; index < elements.size(); index++) {
            String name = elements.get(index).text("name").orElse("");
            Integer first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), index);
            if (first != null) {
                Position before = Pointers.locate(root, pointer + "/" + first + "/name");
                warn(
                        pointer + "/" + index + "/name",
                        "sheaf.duplicate",
                        "the "
                                + what
                                + " '"
                                + Finding.shown(name)
                                + "' stands here a second time (first on line "
                                + before.line()
                                + "; case does not count); rename one");
            } else if (name.isBlank()) {
                warn(pointer + "/" + index + "/name", "sheaf.name", "the name is empty");
            }
        }
    }

    private void positions(List<Fields> properties, String pointer, String flag, String key) {
        Map<Integer, String> taken = new TreeMap<>();
        for (int index = 0; index < properties.size(); index++) {
            Fields property = properties.get(index);
            if (!property.flag(flag)) {
                continue;
            }
            String at = pointer + "/properties/" + index;
            int position = property.number(key).orElse(-1);
            if (position < 1) {
                if (property.has(key)) {
                    warn(at + "/" + key, "sheaf.position", key + " begins at 1");
                }
            } else if (taken.putIfAbsent(position, at) != null) {
                warn(
                        at + "/" + key,
                        "sheaf.position",
                        key + " " + position + " is taken already; give each its own");
            }
        }
        int expected = 1;
        for (Map.Entry<Integer, String> entry : taken.entrySet()) {
            if (entry.getKey() != expected) {
                warn(
                        entry.getValue() + "/" + key,
                        "sheaf.position",
                        key
                                + " "
                                + entry.getKey()
                                + " where "
                                + expected
                                + " is expected; number them from 1 without holes");
            }
            expected = entry.getKey() + 1;
        }
    }

    private void constraints(Fields property, String pointer) {
        Fields options = property.object("logicalTypeOptions");
        String at = pointer + "/logicalTypeOptions";
        impossible(options, at, "minLength", "maxLength");
        impossible(options, at, "minItems", "maxItems");
        impossible(options, at, "minimum", "maximum");
        options.text("pattern")
                .flatMap(Patterns::fault)
                .ifPresent(fault -> warn(at + "/pattern", "sheaf.pattern", fault));
    }

    private void impossible(Fields options, String pointer, String least, String most) {
        if (options.node(least).orElse(null) instanceof Node.Number low
                && options.node(most).orElse(null) instanceof Node.Number high
                && low.value().compareTo(high.value()) > 0) {
            warn(
                    pointer + "/" + least,
                    "sheaf.impossible",
                    least
                            + " "
                            + low.written()
                            + " is above "
                            + most
                            + " "
                            + high.written()
                            + ": no value can be valid; swap them");
        }
    }

    private void rules(Fields owner, String pointer) {
        int index = 0;
        for (Fields rule : owner.objects("quality")) {
            RuleChecks.run(rule, pointer + "/quality/" + index++, this::warn);
        }
    }

    private void warn(String pointer, String keyword, String message) {
        findings.add(
                new Finding(
                        Severity.WARNING,
                        Pointers.locate(root, pointer),
                        pointer,
                        keyword,
                        message));
    }

    /// Takes what a check has to say.
    @FunctionalInterface
    interface Report {
        void warn(String pointer, String keyword, String message);
    }
}
