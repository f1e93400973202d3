package dev.sheaf.cli.mesh;

import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.client.ChangeDetail;
import dev.sheaf.client.ManifestProblem;
import dev.sheaf.client.Plan;
import dev.sheaf.client.PlanImpact;
import dev.sheaf.client.PlannedChange;
import dev.sheaf.client.PlannedChange.Action;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A plan as lines: `+` created, `~` updated, `-` deleted, below each what changes inside it and
/// what that means.
public final class PlanText {
    private final Palette palette;

    public PlanText(Palette palette) {
        this.palette = palette;
    }

    public String text(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (PlannedChange change : plan.changes()) {
            if (change.action() != Action.UNCHANGED) {
                change(text, change);
            }
        }
        for (PlanImpact impact : plan.impacts()) {
            text.append(impact(impact));
        }
        for (ManifestProblem problem : plan.problems()) {
            text.append(problem(problem)).append('\n');
        }
        if (!text.isEmpty()) {
            text.append('\n');
        }
        return text.append(summary(plan)).append('\n').toString();
    }

    String summary(Plan plan) {
        Map<Action, Integer> counts = new EnumMap<>(Action.class);
        plan.changes().forEach(change -> counts.merge(change.action(), 1, Integer::sum));
        String verdict = plan.applicable() ? "" : palette.bad("  This plan cannot be applied.");
        return String.format(
                Locale.ROOT,
                "%d to create, %d to update, %d to delete, %d unchanged.%s",
                counts.getOrDefault(Action.CREATE, 0),
                counts.getOrDefault(Action.UPDATE, 0),
                counts.getOrDefault(Action.DELETE, 0),
                counts.getOrDefault(Action.UNCHANGED, 0),
                verdict);
    }

    private void change(StringBuilder text, PlannedChange change) {
        String line =
                String.format(
                        "%s %-8s  %s%s",
                        sign(change.action()),
                        change.kind().name().toLowerCase(Locale.ROOT),
                        Glyphs.harmless(change.name()),
                        versions(change));
        text.append(
                        switch (change.action()) {
                            case CREATE -> palette.good(line);
                            case UPDATE -> palette.warning(line);
                            case DELETE -> palette.bad(line);
                            case UNCHANGED -> line;
                        })
                .append('\n');
        change.details().forEach(detail -> text.append("    ").append(detail(detail)).append('\n'));
    }

    private String impact(PlanImpact impact) {
        String what = impact.product() + impact.column().map(column -> "." + column).orElse("");
        StringBuilder text =
                new StringBuilder(
                        palette.warning(
                                Glyphs.harmless(
                                        "! "
                                                + what
                                                + " is used: "
                                                + impact.datasetCount()
                                                + " products and datasets, "
                                                + impact.ownerCount()
                                                + " jobs, models and consumers")));
        text.append('\n');
        list(text, "products", impact.products());
        list(text, "models", impact.models());
        list(text, "consumers", impact.consumers());
        return text.toString();
    }

    private static void list(StringBuilder text, String what, List<String> names) {
        if (!names.isEmpty()) {
            text.append("    ")
                    .append(Glyphs.harmless(what + ": " + String.join(", ", names)))
                    .append('\n');
        }
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE -> "+";
            case UPDATE -> "~";
            case DELETE -> "-";
            case UNCHANGED -> " ";
        };
    }

    private static String versions(PlannedChange change) {
        Optional<String> from = change.fromVersion();
        Optional<String> to = change.toVersion();
        if (from.isPresent() && to.isPresent() && !from.equals(to)) {
            return "  " + from.get() + " → " + to.get();
        }
        return to.or(() -> from).map(version -> "  " + version).orElse("");
    }

    private String detail(ChangeDetail detail) {
        String values =
                detail.before().isPresent() || detail.after().isPresent()
                        ? "  "
                                + detail.before().orElse("(none)")
                                + " → "
                                + detail.after().orElse("(none)")
                        : "";
        String word = detail.compatibility().name().toLowerCase(Locale.ROOT);
        String shown =
                switch (detail.compatibility()) {
                    case BREAKING -> palette.bad(word);
                    case FORWARD, BACKWARD -> palette.warning(word);
                    case COSMETIC -> palette.dim(word);
                };
        return Glyphs.harmless(detail.path() + values)
                + "  ["
                + shown
                + "] "
                + Glyphs.harmless(detail.reason());
    }

    private String problem(ManifestProblem problem) {
        StringBuilder place = new StringBuilder(problem.file().orElse(""));
        problem.line().ifPresent(line -> place.append(':').append(line));
        problem.column().ifPresent(column -> place.append(':').append(column));
        String severity =
                switch (problem.severity()) {
                    case ERROR -> palette.bad("error:");
                    case WARNING -> palette.warning("warning:");
                };
        return severity
                + " "
                + Glyphs.harmlessLines(
                        (place.isEmpty() ? "" : place + ": ")
                                + problem.message()
                                + problem.path().map(path -> " (at " + path + ")").orElse(""));
    }
}
