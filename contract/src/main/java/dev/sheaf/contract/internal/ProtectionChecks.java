package dev.sheaf.contract.internal;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.document.Node;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// Whether what protects data is written so that it does: classifications, and the `sheaf.`
/// properties of tables that policies read. What stands in the wrong place or has another type
/// would silently protect nothing.
final class ProtectionChecks {
    private static final String NOT_PERSONAL = "not-personal";
    private static final int RETENTION_DAYS_MAX = 36_500;

    private static final Map<String, String> OF_TABLES =
            Map.of(
                    "sheaf.classification",
                    "a text, for example internal",
                    "sheaf.discoverable",
                    "true or false",
                    "sheaf.export",
                    "a list of regions, for example [aws/eu-west-1]; an empty one for none",
                    "sheaf.residency",
                    "a list of regions, for example [aws/eu-west-1, azure/westeurope]",
                    "sheaf.replicas",
                    "a list of regions other than the product's home, for example"
                            + " [azure/westeurope]",
                    "sheaf.retentionDays",
                    "a whole number of days from 1 to " + RETENTION_DAYS_MAX);

    private final SenseChecks.Report report;

    ProtectionChecks(SenseChecks.Report report) {
        this.report = report;
    }

    /// @param tables the objects of `schema`, in order
    void run(Fields root, List<Fields> tables) {
        misplaced(root, "", "the contract");
        for (int i = 0; i < tables.size(); i++) {
            String pointer = "/schema/" + i;
            table(tables.get(i), pointer);
            columns(tables.get(i), pointer);
        }
    }

    private void table(Fields table, String pointer) {
        List<Node> entries = table.items("customProperties");
        for (int i = 0; i < entries.size(); i++) {
            if (!(entries.get(i) instanceof Node.Mapping entry)) {
                continue;
            }
            Fields fields = new Fields(entry);
            String name = fields.text("property").orElse("");
            String allowed = OF_TABLES.get(name);
            if (allowed != null) {
                Node value = fields.node("value").orElse(new Node.Nothing(entry.at()));
                value(name, value, allowed, pointer + "/customProperties/" + i);
            }
        }
    }

    private void value(String name, Node value, String allowed, String pointer) {
        boolean isRight =
                switch (name) {
                    case "sheaf.classification" ->
                            value instanceof Node.Text text && !text.value().isBlank();
                    case "sheaf.discoverable" -> value instanceof Node.Flag;
                    case "sheaf.export" -> value instanceof Node.Sequence;
                    case "sheaf.residency", "sheaf.replicas" ->
                            value instanceof Node.Sequence list && !list.items().isEmpty();
                    default -> value instanceof Node.Number number && isDays(number.value());
                };
        if (!isRight) {
            report.warn(
                    pointer,
                    Finding.PROTECTION,
                    "the value of '"
                            + name
                            + "' is "
                            + Fields.scalar(value)
                                    .map(text -> "'" + Finding.shown(text) + "'")
                                    .orElse(
                                            value instanceof Node.Sequence
                                                    ? "an empty list"
                                                    : "none of that")
                            + "; write "
                            + allowed);
        } else if (value instanceof Node.Sequence regions) {
            regions.items().forEach(region -> region(region, name, pointer));
        }
    }

    private static boolean isDays(BigDecimal days) {
        return days.stripTrailingZeros().scale() <= 0
                && days.signum() > 0
                && days.compareTo(BigDecimal.valueOf(RETENTION_DAYS_MAX)) <= 0;
    }

    private void region(Node item, String name, String pointer) {
        String fault = "";
        if (item instanceof Node.Text text) {
            try {
                RegionName.parse(text.value());
            } catch (Problem problem) {
                fault = problem.message();
            }
        } else {
            fault =
                    "'"
                            + Finding.shown(Fields.scalar(item).orElse("a nested value"))
                            + "' is not a region: write cloud/location, for example aws/us-east-1";
        }
        if (!fault.isEmpty()) {
            report.warn(pointer, Finding.PROTECTION, "in '" + name + "' " + fault);
        }
    }

    private void columns(Fields owner, String pointer) {
        List<Fields> columns = owner.objects("properties");
        for (int i = 0; i < columns.size(); i++) {
            Fields column = columns.get(i);
            String at = pointer + "/properties/" + i;
            misplaced(column, at, "a property");
            if (column.has("classification")
                    && column.text("classification").filter(text -> !text.isBlank()).isEmpty()) {
                report.warn(
                        at + "/classification",
                        Finding.PROTECTION,
                        "the classification is empty: write one, for example email or internal, or"
                                + " leave it out");
            }
            tags(column, at);
            columns(column, at);
        }
    }

    /// A tag that means nothing holds a release back that was meant to go on.
    private void tags(Fields column, String pointer) {
        for (String tag : column.texts("tags")) {
            boolean isMeant =
                    tag.replaceAll("[^\\p{L}]", "").equalsIgnoreCase("notpersonal")
                            && !tag.equals(NOT_PERSONAL);
            if (isMeant) {
                report.warn(
                        pointer + "/tags",
                        Finding.PROTECTION,
                        "the tag '" + Finding.shown(tag) + "' is written " + NOT_PERSONAL);
            }
        }
    }

    private void misplaced(Fields owner, String pointer, String what) {
        List<Node> entries = owner.items("customProperties");
        for (int i = 0; i < entries.size(); i++) {
            if (!(entries.get(i) instanceof Node.Mapping entry)) {
                continue;
            }
            String name = new Fields(entry).text("property").orElse("");
            if (OF_TABLES.containsKey(name)) {
                boolean isColumn = !pointer.isEmpty() && name.equals("sheaf.classification");
                report.warn(
                        pointer + "/customProperties/" + i,
                        Finding.PROTECTION,
                        "'"
                                + name
                                + "' of "
                                + what
                                + " is without effect; "
                                + (isColumn
                                        ? "write 'classification:' as a field of the property"
                                        : "move it to the customProperties of the table in"
                                                + " 'schema'"));
            }
        }
    }
}
