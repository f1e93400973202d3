package dev.sheaf.product.erase;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Removal;
import dev.sheaf.product.apply.ProductSpecReader;
import dev.sheaf.product.publish.PublishLimits;
import dev.sheaf.product.publish.TestNode;
import dev.sheaf.product.release.Releases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A node with a product of two columns and a person in it.
final class ErasedNode implements AutoCloseable {
    static final String PEOPLE = "sales.people";
    static final ProductName NAME = ProductName.parse(PEOPLE);

    /// So unlikely that where it is found, it is that person.
    static final String SUBJECT = "zq-Xanthippe-77-zq";

    static final String COLUMNS =
            """
            - {name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1}
            - {name: person, logicalType: string, required: true}
            - {name: said, logicalType: string}
            """;
    private static final AtomicInteger ORDERS = new AtomicInteger();

    final TestNode node;
    final Releases releases;
    final Eraser eraser;
    final List<String> deleted = new ArrayList<>();

    ErasedNode(Path directory) throws IOException {
        this.node = new TestNode(directory);
        this.releases =
                new Releases(node.ledger, node.lake, new ProductSpecReader(), Clock.systemUTC());
        this.eraser =
                new Eraser(
                        TestNode.engine(),
                        node.lake,
                        node.ledger,
                        node.publisher,
                        Files.createDirectories(directory.resolve("erase")),
                        PublishLimits.DEFAULT,
                        deleted::addAll,
                        Clock.systemUTC());
    }

    static RemovalOrder order(String subject) {
        return new RemovalOrder(
                "erase-" + ORDERS.incrementAndGet(),
                NAME,
                new RowSelection.OfSubject("person", subject),
                Removal.Kind.ERASURE,
                "officer");
    }

    RowsGone erase(String subject) {
        return eraser.erase(order(subject), RemovalStep.SILENT);
    }

    RowsGone erase(RemovalOrder order, Consumer<RemovalStep> listener) {
        return eraser.erase(order, listener);
    }

    String rows() {
        return node.rows(PEOPLE, "SELECT id, person FROM release ORDER BY id").toString();
    }

    @Override
    public void close() {
        node.close();
    }
}
