package dev.sheaf.node.erasure;

import dev.sheaf.client.ErasedStore;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.erasure.ErasureTarget.OfContext;
import dev.sheaf.node.erasure.ErasureTarget.OfProduct;
import dev.sheaf.node.runs.RunRegistry;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Removal;
import dev.sheaf.product.erase.Eraser;
import dev.sheaf.product.erase.RemovalOrder;
import dev.sheaf.product.erase.RemovalStep;
import dev.sheaf.product.erase.RowSelection;
import dev.sheaf.product.erase.RowsGone;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Erases, or looks, in one store.
final class StoreErasure {
    private final Eraser eraser;
    private final RunRegistry runs;
    private final ContextService contexts;

    StoreErasure(Eraser eraser, RunRegistry runs, ContextService contexts) {
        this.eraser = eraser;
        this.runs = runs;
        this.contexts = contexts;
    }

    /// @param id of the erasure, and unique within the node
    ErasedStore erase(ErasureTarget target, String subject, String id, String by) {
        return switch (target) {
            case OfProduct product -> {
                RemovalOrder order = order(product, subject, id, by);
                yield answer(
                        runs.exclusively(
                                order.product(), () -> eraser.erase(order, RemovalStep.SILENT)));
            }
            case OfContext(DeclaredType type) ->
                    documents(type, contexts.eraseSubject(type.name(), subject, id, by));
        };
    }

    ErasedStore look(ErasureTarget target, String subject, String id, String by) {
        return switch (target) {
            case OfProduct product -> answer(eraser.look(order(product, subject, id, by)));
            case OfContext(DeclaredType type) ->
                    documents(type, contexts.documentsOfSubject(type.name(), subject));
        };
    }

    private static RemovalOrder order(OfProduct product, String subject, String id, String by) {
        ProductSpec spec = product.spec();
        return new RemovalOrder(
                id,
                spec.name(),
                new RowSelection.OfSubject(product.column(), subject),
                Removal.Kind.ERASURE,
                by);
    }

    private static ErasedStore answer(RowsGone gone) {
        return new ErasedStore(
                "product",
                gone.product().toString(),
                Optional.empty(),
                gone.rows(),
                gone.release(),
                gone.releasesGone(),
                gone.rejectedRows(),
                gone.files(),
                gone.bytes(),
                gone.digest().map(Sha256::hex),
                gone.resumed());
    }

    private static ErasedStore documents(DeclaredType type, long count) {
        return new ErasedStore(
                "context",
                type.name(),
                Optional.empty(),
                count,
                OptionalLong.empty(),
                List.of(),
                0,
                0,
                0,
                Optional.empty(),
                List.of());
    }

    /// A copy in another region.
    ///
    /// @param pending why it may be there still
    static ErasedStore copy(ProductName product, RegionName region, Optional<String> pending) {
        return nothing("replica", product + "@" + region, pending);
    }

    /// A store in which nothing could be done.
    static ErasedStore failed(ErasureTarget target, String name, String why) {
        return nothing(target.kind(), name, Optional.of(why));
    }

    private static ErasedStore nothing(String kind, String name, Optional<String> problem) {
        return new ErasedStore(
                kind,
                name,
                problem,
                0,
                OptionalLong.empty(),
                List.of(),
                0,
                0,
                0,
                Optional.empty(),
                List.of());
    }
}
