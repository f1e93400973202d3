package dev.sheaf.node.context;

import dev.sheaf.client.ContextChange;
import dev.sheaf.client.ContextConflict;
import dev.sheaf.client.ContextHistory;
import dev.sheaf.client.ContextReceipt;
import dev.sheaf.context.json.CanonicalText;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.HistoryEntry;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.context.runtime.WriteReceipt;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What is answered about documents, as much of it as the caller sees. Versions are digests of what
/// documents hold, so whoever sees a part of one gets a digest of that part. For any thread.
final class MaskedDocuments {
    private static final int VERSION_DIGITS = 16;

    private final ValueMasks values;

    MaskedDocuments(ValueMasks values) {
        this.values = values;
    }

    JsonNode document(FieldMasks masks, JsonNode document) {
        return masks.apply(document, values);
    }

    /// The version of a document for who sees it so.
    ///
    /// @param shown as it is seen
    /// @param version the true one
    static String version(FieldMasks masks, JsonNode shown, String version) {
        if (masks.isNone()) {
            return version;
        }
        String text = CanonicalText.of(shown);
        return "m"
                + Sha256.of(text.getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, VERSION_DIGITS);
    }

    /// Documents with masks are shown in the newest version only: fields of others have other
    /// names.
    ///
    /// @throws Problem FORBIDDEN
    static void requireNewest(Verdict.View view, Optional<String> version) {
        String newest = view.type().type().newest().version();
        if (!view.masks().isNone() && version.isPresent() && !version.get().equals(newest)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "you see documents of "
                            + view.type().name()
                            + " with masks, which are for version "
                            + newest
                            + "; ask for that one, or for none");
        }
    }

    ContextChange change(FieldMasks masks, Watch.Change change) {
        ContextChange all = ContextAnswers.change(change);
        if (masks.isNone()) {
            return all;
        }
        Optional<JsonNode> shown = change.value().map(value -> document(masks, value));
        return new ContextChange(
                all.position(),
                all.type(),
                all.id(),
                shown,
                shown.map(value -> version(masks, value, change.version())).orElse(""),
                all.eventId(),
                all.origin(),
                all.at());
    }

    ContextConflict conflict(FieldMasks masks, ConflictEntry conflict) {
        if (masks.isNone()) {
            return ContextAnswers.conflict(conflict);
        }
        return ContextAnswers.conflict(
                new ConflictEntry(
                        conflict.position(),
                        conflict.metAt(),
                        conflict.key(),
                        conflict.kind(),
                        masks.shown(conflict.pointer()),
                        conflict.resolver(),
                        conflict.escalated(),
                        conflict.versions().stream()
                                .map(version ->
                                        new ConflictEntry.Version(
                                                version.region(),
                                                version.dot(),
                                                version.at(),
                                                at(masks, conflict, version.value())))
                                .toList(),
                        at(masks, conflict, conflict.shown())));
    }

    private Optional<JsonNode> at(
            FieldMasks masks, ConflictEntry conflict, Optional<JsonNode> value) {
        return value.map(each -> masks.applyAt(conflict.pointer(), each, values));
    }

    /// Operations quote what was written, so whoever sees a part is told who wrote when.
    static ContextHistory.Event event(FieldMasks masks, HistoryEntry event) {
        return ContextAnswers.event(
                masks.isNone()
                        ? event
                        : new HistoryEntry(
                                event.eventId(),
                                event.kind(),
                                event.dot(),
                                event.at(),
                                event.author(),
                                event.schemaVersion(),
                                event.context(),
                                List.of()));
    }

    /// Whether a write changed anything, and to which version, says whether what was there is what
    /// was written.
    static ContextReceipt receipt(FieldMasks masks, WriteReceipt receipt) {
        return ContextAnswers.receipt(
                masks.isNone()
                        ? receipt
                        : new WriteReceipt(
                                receipt.eventId(),
                                receipt.duplicate(),
                                !receipt.duplicate(),
                                receipt.dot(),
                                receipt.at(),
                                receipt.token(),
                                ""));
    }
}
