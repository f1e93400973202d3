package dev.sheaf.context.type;

import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.translate.TranslationStep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether one direction of a translation gives back what the other did.
final class UndoCheck {
    private UndoCheck() {}

    /// Every step that loses nothing has its inverse in the other direction, in reverse order.
    static void run(
            Section translate,
            String name,
            List<TranslationStep> steps,
            String otherName,
            List<TranslationStep> others) {
        List<TranslationStep> rest = new ArrayList<>(others);
        Collections.reverse(rest);
        int from = 0;
        for (TranslationStep step : steps) {
            Optional<TranslationStep> inverse = step.inverse();
            if (inverse.isEmpty()) {
                continue;
            }
            int found = indexOfUndoing(rest, from, inverse.get());
            if (found < 0) {
                translate.fault(
                        name,
                        "has a step at "
                                + step.path()
                                + " that '"
                                + otherName
                                + "' does not undo; add there, in reverse order, "
                                + shown(inverse.get()));
                return;
            }
            from = found + 1;
        }
    }

    private static int indexOfUndoing(
            List<TranslationStep> steps, int from, TranslationStep wanted) {
        for (int index = from; index < steps.size(); index++) {
            if (sameButForLoss(steps.get(index), wanted)) {
                return index;
            }
        }
        return -1;
    }

    private static boolean sameButForLoss(TranslationStep step, TranslationStep wanted) {
        return switch (step) {
            case TranslationStep.Rename rename -> rename.equals(wanted);
            case TranslationStep.Default added -> added.equals(wanted);
            case TranslationStep.Remove removed -> removed.equals(wanted);
            case TranslationStep.Wrap wrap -> wrap.equals(wanted);
            case TranslationStep.Unwrap unwrap ->
                    new TranslationStep.Unwrap(unwrap.path(), false).equals(wanted);
            case TranslationStep.Convert convert ->
                    new TranslationStep.Convert(convert.path(), convert.from(), convert.to(), false)
                            .equals(wanted);
            case TranslationStep.Replace replace ->
                    wanted instanceof TranslationStep.Replace other
                            && replace.path().equals(other.path())
                            && replace.values().entrySet().containsAll(other.values().entrySet());
        };
    }

    private static String shown(TranslationStep step) {
        String path = JsonValues.shown(step.path().toString());
        return switch (step) {
            case TranslationStep.Rename rename ->
                    "rename of " + path + " to '" + JsonValues.shown(rename.name()) + "'";
            case TranslationStep.Default ignored -> "default for " + path;
            case TranslationStep.Remove ignored -> "remove: " + path;
            case TranslationStep.Wrap ignored -> "wrap: " + path;
            case TranslationStep.Unwrap ignored -> "unwrap: " + path;
            case TranslationStep.Convert convert ->
                    "convert of "
                            + path
                            + " from "
                            + convert.from().name().toLowerCase(Locale.ROOT)
                            + " to "
                            + convert.to().name().toLowerCase(Locale.ROOT);
            case TranslationStep.Replace ignored -> "map of " + path + " the other way";
        };
    }
}
