package dev.sheaf.product.apply;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.diff.ContractDiff;
import dev.sheaf.product.apply.PlannedChange.Action;

import java.util.Locale;

/// A plan as text, for what tests say and to look at its parts in their order: what is created `+`,
/// changed `~`, deleted `-`, and why it is refused.
final class PlanText {
    private static final int NEW_FIELDS_SHOWN_MAX = 6;
    private static final int CHANGED_FIELDS_SHOWN_MAX = 60;

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    /// Without colours, lines ending with `\n`.
    static String of(Plan plan) {
        PlanText writer = new PlanText();
        plan.changes().forEach(writer::change);
        plan.warnings().forEach(warning -> writer.line(warning.toString()));
        plan.refusals().forEach(writer::refusal);
        writer.summary(plan);
        return writer.text.toString();
    }

    private void change(PlannedChange change) {
        if (change.action() == Action.UNCHANGED) {
            return;
        }
        line(
                sign(change.action())
                        + " "
                        + change.kind().name().toLowerCase(Locale.ROOT)
                        + " "
                        + change.subject()
                        + change.file().map(file -> "  (" + Finding.shown(file) + ")").orElse(""));
        int shown =
                change.action() == Action.CREATE ? NEW_FIELDS_SHOWN_MAX : CHANGED_FIELDS_SHOWN_MAX;
        change.fields().stream().limit(shown).forEach(this::field);
        if (change.fields().size() > shown) {
            line("      … and " + (change.fields().size() - shown) + " more fields");
        }
        if (change.action() == Action.UPDATE && change.fields().isEmpty()) {
            line("      (comments or layout only)");
        }
        change.contract().ifPresent(this::verdict);
        text.append('\n');
    }

    private void field(FieldChange field) {
        String before = field.before().map(PlanText::quoted).orElse("");
        String after = field.after().map(PlanText::quoted).orElse("");
        String arrow = field.before().isPresent() && field.after().isPresent() ? " -> " : "";
        line("    " + field.sign() + " " + field.path() + ": " + before + arrow + after);
    }

    private void verdict(ContractDiff diff) {
        line("    = version " + diff.fromVersion() + " -> " + diff.toVersion());
        diff.changes()
                .forEach(change ->
                        line(
                                "      "
                                        + change.impact()
                                        + ": "
                                        + change.path()
                                        + ": "
                                        + change.reason()));
    }

    private void refusal(Refusal refusal) {
        line("! " + refusal.subject() + ": " + refusal.message().replace("\n", "\n  "));
        text.append('\n');
    }

    private void summary(Plan plan) {
        if (plan.isEmpty()) {
            line("No changes. What is declared is what the manifests say.");
            return;
        }
        line(
                (plan.isApplicable() ? "Plan: " : "Refused: ")
                        + plan.count(Action.CREATE)
                        + " to create, "
                        + plan.count(Action.UPDATE)
                        + " to change, "
                        + plan.count(Action.DELETE)
                        + " to delete, "
                        + plan.count(Action.UNCHANGED)
                        + " unchanged.");
    }

    private static char sign(Action action) {
        return switch (action) {
            case CREATE -> '+';
            case UPDATE -> '~';
            case DELETE -> '-';
            case UNCHANGED -> ' ';
        };
    }

    private static String quoted(String value) {
        return '"' + Finding.shown(value) + '"';
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
