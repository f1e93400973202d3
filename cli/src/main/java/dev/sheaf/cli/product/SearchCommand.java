package dev.sheaf.cli.product;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.FacetValue;
import dev.sheaf.client.SearchHit;
import dev.sheaf.client.SearchMatch;
import dev.sheaf.client.SearchQuery;
import dev.sheaf.client.SearchResult;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `sheaf search`: products of all regions by words.
@Command(
        description = "Look for data products of all regions, by words.",
        footer = {
            "",
            "Words in any order, with typos; the last one need not be whole. \"Phrases\" in"
                    + " quotes;",
            "domain:, region:, tag:, classification:, owner: and status: among the words filter.",
            "",
            "Examples:",
            "  sheaf search purchase orders",
            "  sheaf search email --classification pii --facets",
            "  sheaf search 'region:azure/westeurope custmer'"
        })
public final class SearchCommand implements Callable<Integer> {
    private static final int VALUES_SHOWN = 10;

    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "All products without any.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--domain", split = ",", paramLabel = "DOMAIN", description = "Any of these.")
    private List<String> domains = new ArrayList<>();

    @Option(
            names = "--home-region",
            split = ",",
            paramLabel = "REGION",
            description = "Home region; any of these.")
    private List<String> regions = new ArrayList<>();

    @Option(names = "--tag", split = ",", paramLabel = "TAG", description = "Any of these.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--classification",
            split = ",",
            paramLabel = "CLASS",
            description = "Of a column; any of these.")
    private List<String> classifications = new ArrayList<>();

    @Option(names = "--owner", split = ",", paramLabel = "OWNER", description = "Any of these.")
    private List<String> owners = new ArrayList<>();

    @Option(names = "--facets", description = "Count what was found by domain, region and so on.")
    private boolean facets;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "PRODUCTS",
            defaultValue = "20",
            description = "How many at most (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Go on where a search for the same stopped.")
    private @Nullable String cursor;

    public SearchCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Map<String, List<String>> filters = new TreeMap<>();
        put(filters, "domain", domains);
        put(filters, "region", regions);
        put(filters, "tag", tags);
        put(filters, "classification", classifications);
        put(filters, "owner", owners);
        SearchResult found;
        try (SheafClient client = Connection.open(cli, node)) {
            found =
                    client.search(
                            new SearchQuery(
                                    String.join(" ", words),
                                    filters,
                                    facets,
                                    limit,
                                    Optional.ofNullable(cursor)));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), found);
        } else {
            show(found);
        }
        return 0;
    }

    private static void put(Map<String, List<String>> filters, String facet, List<String> values) {
        if (!values.isEmpty()) {
            filters.put(facet, values);
        }
    }

    private void show(SearchResult found) {
        if (found.hits().isEmpty()) {
            cli.terminal().out().println("Nothing was found that you may know of.");
        } else {
            table(found.hits()).print(cli.terminal());
            cli.terminal().out().println(Shown.count(found.total(), "product"));
        }
        if (!found.facets().isEmpty()) {
            facetTable(found.facets()).print(cli.terminal());
        }
        cli.terminal().out().flush();
        if (found.loose()) {
            cli.terminal().err().println("nothing has all of the words; these have some of them");
        }
        if (!found.complete()) {
            cli.terminal()
                    .err()
                    .println("the node has just started: not all products can be found yet");
        }
        found.next()
                .ifPresent(next ->
                        cli.terminal()
                                .err()
                                .println("there are more: --limit, or --cursor " + next));
    }

    private static Table table(List<SearchHit> hits) {
        Table table =
                Table.of(
                        Column.text("product"),
                        Column.text("home region"),
                        Column.text("age"),
                        Column.text("owner"),
                        Column.text("found in"));
        for (SearchHit hit : hits) {
            table.row(
                    Cell.of(hit.name()),
                    Cell.of(hit.homeRegion()),
                    Cell.of(Ages.shown(hit.ageSeconds())),
                    Cell.of(hit.owner()),
                    Cell.of(
                            hit.matches().stream()
                                    .map(SearchCommand::match)
                                    .collect(Collectors.joining("; "))));
        }
        return table;
    }

    private static String match(SearchMatch match) {
        return match.place().equals("name") ? "name" : match.place() + ": " + match.text();
    }

    private static Table facetTable(Map<String, List<FacetValue>> facets) {
        Table table = Table.of(Column.text("facet"), Column.text("value"), Column.number("count"));
        new TreeMap<>(facets)
                .forEach((facet, values) ->
                        values.stream()
                                .limit(VALUES_SHOWN)
                                .forEach(value ->
                                        table.row(
                                                Cell.of(facet),
                                                Cell.of(value.value()),
                                                Cell.of(value.count()))));
        return table;
    }
}
