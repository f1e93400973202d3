package dev.sheaf.cli.product;

import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.ColumnInfo;
import dev.sheaf.client.ProductDetails;
import dev.sheaf.client.ProductHealth;
import dev.sheaf.client.ProductHealth.Freshness;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.ReleaseInfo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A product for people to read.
public final class ProductText {
    private final Terminal terminal;
    private final Palette palette;

    public ProductText(Terminal terminal) {
        this.terminal = terminal;
        this.palette = terminal.outPalette();
    }

    public void print(ProductDetails details) {
        terminal.out().println(palette.bold(Glyphs.harmless(details.product().name())));
        details.product()
                .description()
                .ifPresent(text -> terminal.out().println(Glyphs.harmlessLines(text.strip())));
        field("in SQL", details.table());
        field("owner", details.product().owner());
        field("home region", home(details.product()));
        field(
                "contract",
                details.product().contractId()
                        + " version "
                        + details.contract().version()
                        + details.contract()
                                .apiVersion()
                                .map(api -> " (ODCS " + api + ")")
                                .orElse(""));
        if (!details.primaryKey().isEmpty()) {
            field("primary key", String.join(", ", details.primaryKey()));
        }
        details.transform().ifPresent(sql -> field("transform", sql.strip()));
        field("release", details.currentRelease().map(ProductText::release).orElse("none yet"));
        details.health().ifPresent(this::printHealth);
        columns(details.columns()).print(terminal);
    }

    private static String home(ProductSummary product) {
        return product.ageSeconds().isPresent()
                ? product.homeRegion()
                        + ", known up to "
                        + Ages.shown(product.ageSeconds())
                        + " ago"
                : product.homeRegion();
    }

    /// Status, reasons and freshness as lines.
    public void printHealth(ProductHealth health) {
        terminal.out().println(name("health") + status(health));
        health.reasons().forEach(reason -> field("", reason));
        health.freshness().ifPresent(freshness -> field("freshness", freshness(freshness)));
        if (health.errorRate().isPresent()) {
            field("error rate", Shown.percent(health.errorRate().getAsDouble()));
        }
    }

    private void field(String name, String text) {
        String indented = Glyphs.harmlessLines(text).replace("\n", "\n               ");
        terminal.out().println(name(name) + indented);
    }

    private String name(String name) {
        return palette.dim(String.format("  %-12s", name)) + " ";
    }

    private String status(ProductHealth health) {
        String word = health.status().name().toLowerCase(Locale.ROOT);
        return switch (health.status()) {
            case HEALTHY -> palette.good(word);
            case STALE, EMPTY -> palette.warning(word);
            case DEGRADED -> palette.bad(word);
        };
    }

    private static String release(ReleaseInfo release) {
        StringBuilder text = new StringBuilder().append(release.release());
        release.rowsTotal().ifPresent(rows -> text.append(", ").append(Shown.count(rows, "row")));
        text.append(", ").append(Shown.instant(release.committedAt()));
        release.score().ifPresent(score -> text.append(", score ").append(Shown.score(score)));
        return text.toString();
    }

    private static String freshness(Freshness freshness) {
        String age =
                "released " + Shown.duration(Duration.ofSeconds(freshness.ageSeconds())) + " ago";
        if (freshness.promisedSeconds().isEmpty()) {
            return age + "; the contract promises nothing";
        }
        String promised =
                Shown.duration(Duration.ofSeconds(freshness.promisedSeconds().getAsLong()));
        return age
                + "; promised "
                + promised
                + freshness.kept().map(kept -> kept ? ", kept" : ", not kept").orElse("");
    }

    private static Table columns(List<ColumnInfo> columns) {
        Table table =
                Table.of(
                        Column.text("column"),
                        Column.text("type"),
                        Column.text("rules"),
                        Column.text("description"));
        for (ColumnInfo column : columns) {
            table.row(
                    Cell.of(column.name()),
                    Cell.of(column.type()),
                    Cell.of(String.join(", ", rules(column))),
                    Cell.of(column.description().map(String::strip).orElse("")));
        }
        return table;
    }

    private static List<String> rules(ColumnInfo column) {
        List<String> rules = new ArrayList<>();
        if (column.primaryKey()) {
            rules.add("key");
        }
        if (column.required()) {
            rules.add("required");
        }
        if (column.unique()) {
            rules.add("unique");
        }
        if (column.partition()) {
            rules.add("partition");
        }
        column.classification().ifPresent(rules::add);
        return rules;
    }
}
