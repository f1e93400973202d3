package dev.sheaf.cli.product;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.ProductList;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf products`: the data products that may be read.
@Command(
        description = "List the data products you may read.",
        footer = {"", "Examples:", "  sheaf products", "  sheaf products --domain sales --json"})
public final class ProductsCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "Only this domain's.")
    private String domain = "";

    public ProductsCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<ProductSummary> products;
        try (SheafClient client = Connection.open(cli, node)) {
            products =
                    client.products().stream()
                            .filter(product ->
                                    domain.isEmpty() || product.name().startsWith(domain + "."))
                            .toList();
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), new ProductList(products));
        } else if (products.isEmpty()) {
            cli.terminal()
                    .out()
                    .println(
                            "There are no products that you may read. 'sheaf apply -f DIR' declares"
                                    + " some.");
        } else {
            table(products).print(cli.terminal());
        }
        return 0;
    }

    private static Table table(List<ProductSummary> products) {
        Table table =
                Table.of(
                        Column.text("product"),
                        Column.text("home region"),
                        Column.text("age"),
                        Column.text("contract"),
                        Column.number("release"),
                        Column.text("released"),
                        Column.text("owner"));
        for (ProductSummary product : products) {
            table.row(
                    Cell.of(product.name()),
                    Cell.of(product.homeRegion()),
                    Cell.of(Ages.shown(product.ageSeconds())),
                    Cell.of(product.contractVersion()),
                    product.currentRelease().isPresent()
                            ? Cell.of(product.currentRelease().getAsLong())
                            : new Cell.Toned("none yet", Cell.Tone.FAINT),
                    product.currentReleaseAt()
                            .map(at -> Cell.of(Shown.instant(at)))
                            .orElse(new Cell.Text("")),
                    Cell.of(product.owner()));
        }
        return table;
    }
}
