package dev.sheaf.node.context;

import dev.sheaf.client.ContextChange;
import dev.sheaf.client.ContextConflict;
import dev.sheaf.client.ContextDigestList;
import dev.sheaf.client.ContextHistory;
import dev.sheaf.client.ContextIngestResult;
import dev.sheaf.client.ContextReceipt;
import dev.sheaf.client.ContextTypeInfo;
import dev.sheaf.client.LinkInfo;
import dev.sheaf.client.ProblemBody;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.DigestEntry;
import dev.sheaf.context.runtime.HistoryEntry;
import dev.sheaf.context.runtime.IngestResult;
import dev.sheaf.context.runtime.LinkStatus;
import dev.sheaf.context.runtime.TypeInfo;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.context.runtime.WriteReceipt;
import dev.sheaf.kernel.Problem;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What the service says, as the API's records.
final class ContextAnswers {
    private static final double NANOS_PER_MILLI = 1e6;

    private ContextAnswers() {}

    static ContextTypeInfo type(TypeInfo type) {
        return new ContextTypeInfo(
                type.name(),
                type.domain(),
                type.versions(),
                type.scope(),
                type.stalenessClass(),
                type.documents(),
                type.declaration());
    }

    static ContextReceipt receipt(WriteReceipt receipt) {
        return new ContextReceipt(
                receipt.eventId(),
                receipt.duplicate(),
                receipt.changed(),
                receipt.dot(),
                receipt.at(),
                receipt.token(),
                receipt.version());
    }

    /// @param view of the document that the event is of; empty when it is of none
    static ContextIngestResult ingested(
            IngestResult result, Optional<Verdict.View> view, String requestId) {
        return switch (result) {
            case IngestResult.Written written ->
                    new ContextIngestResult(
                            written.index(),
                            Optional.of(
                                    MaskedDocuments.receipt(
                                            view.map(Verdict.View::masks).orElse(FieldMasks.NONE),
                                            written.receipt())),
                            Optional.empty());
            case IngestResult.Refused refused ->
                    new ContextIngestResult(
                            refused.index(),
                            Optional.empty(),
                            Optional.of(ProblemBody.of(told(refused, view), requestId)));
        };
    }

    static Problem told(IngestResult.Refused refused, Optional<Verdict.View> view) {
        return view.map(each -> MaskedWrites.told(each, refused.problem()))
                .orElse(refused.problem());
    }

    static ContextChange change(Watch.Change change) {
        return new ContextChange(
                change.position(),
                change.key().type(),
                change.key().id(),
                change.value(),
                change.version(),
                change.eventId(),
                change.origin(),
                change.at());
    }

    static ContextConflict conflict(ConflictEntry conflict) {
        return new ContextConflict(
                conflict.position(),
                conflict.metAt(),
                conflict.key().type(),
                conflict.key().id(),
                conflict.kind(),
                conflict.pointer(),
                conflict.resolver(),
                conflict.escalated(),
                conflict.versions().stream()
                        .map(version ->
                                new ContextConflict.Version(
                                        version.region(),
                                        version.dot(),
                                        version.at(),
                                        version.value()))
                        .toList(),
                conflict.shown());
    }

    static ContextHistory.Event event(HistoryEntry event) {
        return new ContextHistory.Event(
                event.eventId(),
                event.kind(),
                event.dot(),
                event.at(),
                event.author(),
                event.schemaVersion(),
                event.context(),
                event.operations());
    }

    static ContextDigestList.Digest digest(DigestEntry digest) {
        return new ContextDigestList.Digest(
                digest.scope(),
                digest.shard(),
                digest.vector(),
                digest.cut(),
                digest.digest(),
                digest.documents());
    }

    static LinkInfo link(LinkStatus link) {
        Optional<Duration> staleness = link.staleness().filter(Durations::isKnown);
        return new LinkInfo(
                link.region(),
                link.state(),
                staleness.isPresent()
                        ? OptionalLong.of(Durations.wholeMillis(staleness.get()))
                        : OptionalLong.empty(),
                link.roundTrip().isPresent()
                        ? OptionalDouble.of(link.roundTrip().get().toNanos() / NANOS_PER_MILLI)
                        : OptionalDouble.empty(),
                link.via(),
                link.eventsIn(),
                link.eventsOut(),
                link.bytesIn(),
                link.bytesOut(),
                link.framesOut(),
                link.savedBytes(),
                link.queuedBytes(),
                link.digests(),
                link.held().stream()
                        .map(held -> new LinkInfo.Held(held.scope(), held.reasons()))
                        .toList());
    }
}
