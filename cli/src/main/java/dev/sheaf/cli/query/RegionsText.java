package dev.sheaf.cli.query;

import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.QueryInfo;
import dev.sheaf.client.QueryRegion;
import dev.sheaf.client.ResultTable;
import dev.sheaf.kernel.ByteSize;

import java.util.List;

/// Which regions a result comes from, and which of them are missing in it.
final class RegionsText {
    private RegionsText() {}

    /// Below a table: a line for each region; on standard error what is missing.
    static void print(Terminal terminal, ResultTable result) {
        List<QueryRegion> regions = result.regions().orElse(List.of());
        for (QueryRegion region : regions) {
            if (region.missing().isEmpty()) {
                String line =
                        region.region()
                                + ": "
                                + String.join(", ", region.products())
                                + ", "
                                + region.strategy()
                                + ", "
                                + Shown.count(region.rows(), "row")
                                + ", "
                                + new ByteSize(region.bytes());
                terminal.out().println(terminal.outPalette().dim(line));
            }
        }
        if (result.cached().orElse(false)) {
            terminal.out().println(terminal.outPalette().dim("from the result cache"));
        }
        missing(terminal, regions);
    }

    /// For forms of results that cannot say it themselves.
    static void printMissing(Terminal terminal, QueryInfo query) {
        missing(terminal, query.regions().orElse(List.of()));
    }

    private static void missing(Terminal terminal, List<QueryRegion> regions) {
        for (QueryRegion region : regions) {
            region.missing()
                    .ifPresent(why ->
                            terminal.err()
                                    .println(
                                            "NOT IN THIS RESULT: "
                                                    + String.join(", ", region.products())
                                                    + " of "
                                                    + region.region()
                                                    + ": "
                                                    + why));
        }
    }
}
