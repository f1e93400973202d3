package dev.sheaf.cli.lineage;

import dev.sheaf.client.LineageDataset;
import dev.sheaf.client.LineageOwner;
import dev.sheaf.client.LineageOwnerName;
import dev.sheaf.client.LineagePlace;
import dev.sheaf.client.LineageStep;
import dev.sheaf.client.LineageThrough;

import java.util.List;

/// Places, owners and paths of lineage as people read them.
final class LineageText {
    private static final int COLUMNS_SHOWN = 8;
    private static final int STEPS_SHOWN = 12;

    private LineageText() {}

    static String place(LineagePlace place) {
        if (place.hidden()) {
            return "(hidden)";
        }
        String name =
                place.product()
                        .orElseGet(
                                () -> place.namespace().orElse("") + " " + place.name().orElse(""));
        return place.column().map(column -> name + "." + column).orElse(name);
    }

    static String owner(LineageOwnerName owner) {
        if (owner.hidden()) {
            return "(hidden " + owner.kind() + ")";
        }
        String name = owner.name().orElse("");
        return owner.kind().equals("job") && !owner.namespace().orElse("").startsWith("sheaf://")
                ? owner.namespace().orElse("") + " " + name
                : name;
    }

    static String columns(LineageDataset dataset) {
        if (dataset.whole()) {
            return "all";
        }
        if (dataset.columns().isEmpty()) {
            return Integer.toString(dataset.columnCount());
        }
        return list(dataset.columns(), dataset.columnCount());
    }

    private static String list(List<String> names, int count) {
        List<String> shown = names.subList(0, Math.min(COLUMNS_SHOWN, names.size()));
        String text = String.join(", ", shown);
        return count > shown.size() ? text + ", and " + (count - shown.size()) + " more" : text;
    }

    static String through(LineageOwner owner) {
        return list(
                owner.through().stream().map(each -> place(each.place())).toList(),
                owner.throughCount());
    }

    /// Of the first of what it is reached by.
    static String path(LineageOwner owner) {
        return owner.through().stream()
                .map(LineageThrough::path)
                .map(LineageText::path)
                .findFirst()
                .orElse("");
    }

    static String path(List<LineageStep> steps) {
        StringBuilder text = new StringBuilder();
        int from = Math.max(0, steps.size() - STEPS_SHOWN);
        if (from > 0) {
            text.append("… ");
        }
        for (LineageStep step : steps.subList(from, steps.size())) {
            if (!text.isEmpty()) {
                text.append(" > ");
            }
            text.append(place(step.place()));
        }
        return text.toString();
    }
}
