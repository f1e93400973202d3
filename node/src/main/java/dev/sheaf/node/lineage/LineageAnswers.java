package dev.sheaf.node.lineage;

import dev.sheaf.client.LineageAnswer;
import dev.sheaf.client.LineageDataset;
import dev.sheaf.client.LineageOwner;
import dev.sheaf.client.LineageOwnerName;
import dev.sheaf.client.LineagePlace;
import dev.sheaf.client.LineageStep;
import dev.sheaf.client.LineageThrough;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.lineage.Question;
import dev.sheaf.lineage.Reach;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was reached in the graph, in the API's words, for one caller: what they may not know of is
/// there without a name. For one request.
final class LineageAnswers {
    private static final LineagePlace HIDDEN =
            new LineagePlace(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);

    private final MeshNames names;
    private final Sight sight;

    LineageAnswers(MeshNames names, Sight sight) {
        this.names = names;
        this.sight = sight;
    }

    LineageAnswer answer(
            Optional<LineagePlace> start,
            Question.Direction direction,
            List<String> columns,
            Reach reach) {
        return new LineageAnswer(
                start,
                direction.name().toLowerCase(Locale.ROOT),
                columns,
                datasets(reach),
                jobs(reach),
                owners(reach, OwnerKey.Kind.MODEL),
                owners(reach, OwnerKey.Kind.CONSUMER),
                reach.datasetCount(),
                reach.columnCount(),
                reach.ownerCount(),
                isTruncated(reach));
    }

    static boolean isTruncated(Reach reach) {
        return reach.datasets().size() < reach.datasetCount()
                || reach.owners().size() < reach.ownerCount();
    }

    List<LineageDataset> datasets(Reach reach) {
        return reach.datasets().stream().map(this::dataset).toList();
    }

    private LineageDataset dataset(Reach.DatasetHit hit) {
        boolean isSeen = sight.sees(hit.dataset());
        return new LineageDataset(
                place(hit.dataset(), Optional.empty()),
                hit.depth(),
                hit.isWhole(),
                isSeen ? hit.columns() : List.of(),
                hit.columnCount(),
                hit.path().stream().map(this::step).toList());
    }

    List<LineageOwner> jobs(Reach reach) {
        return reach.owners().stream()
                .filter(hit ->
                        hit.owner().kind() == OwnerKey.Kind.JOB
                                || hit.owner().kind() == OwnerKey.Kind.DATASET)
                .map(this::owner)
                .toList();
    }

    List<LineageOwner> owners(Reach reach, OwnerKey.Kind kind) {
        return reach.owners().stream()
                .filter(hit -> hit.owner().kind() == kind)
                .map(this::owner)
                .toList();
    }

    private LineageOwner owner(Reach.OwnerHit hit) {
        return new LineageOwner(
                name(hit.owner()),
                hit.depth(),
                hit.through().stream()
                        .map(each ->
                                new LineageThrough(
                                        place(each.dataset(), each.column()),
                                        each.path().stream().map(this::step).toList()))
                        .toList(),
                hit.throughCount());
    }

    private LineageStep step(Reach.Step step) {
        return new LineageStep(
                place(step.dataset(), step.column()),
                step.via().map(this::name),
                step.how().isEmpty() ? Optional.empty() : Optional.of(step.how()));
    }

    LineagePlace place(EntityName dataset, Optional<String> column) {
        if (!sight.sees(dataset)) {
            return HIDDEN;
        }
        return new LineagePlace(
                names.product(dataset).map(ProductName::toString),
                Optional.of(dataset.namespace()),
                Optional.of(dataset.name()),
                column,
                false);
    }

    LineageOwnerName name(OwnerKey owner) {
        boolean isSeen = sight.sees(owner);
        return new LineageOwnerName(
                owner.kind().name().toLowerCase(Locale.ROOT),
                isSeen ? Optional.of(owner.name().namespace()) : Optional.empty(),
                isSeen ? Optional.of(owner.name().name()) : Optional.empty(),
                owner.region(),
                !isSeen);
    }
}
