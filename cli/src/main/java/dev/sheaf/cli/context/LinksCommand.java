package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.LinkInfo;
import dev.sheaf.client.LinkList;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ByteSize;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `sheaf links`: how a node stands with the other regions.
@Command(
        description = "Show how the node stands with the other regions.",
        footer = {
            "",
            "'behind' is how old the node's knowledge of that region's writes can be. 'digests'"
                    + " compares what both hold:",
            "'differ' is a fault.",
            "",
            "Examples:",
            "  sheaf links",
            "  sheaf links --region azure/westeurope --json"
        })
public final class LinksCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    public LinksCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<LinkInfo> links;
        try (SheafClient client = Connection.open(cli, node)) {
            links = client.contexts().links();
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), new LinkList(links));
            return 0;
        }
        Table table =
                Table.of(
                        Column.text("region"),
                        Column.text("state"),
                        Column.number("behind"),
                        Column.number("round trip"),
                        Column.text("via"),
                        Column.number("events in"),
                        Column.number("out"),
                        Column.number("bytes in"),
                        Column.number("out"),
                        Column.number("saved"),
                        Column.number("queued"),
                        Column.text("digests"));
        links.forEach(link -> table.row(row(link)));
        table.print(cli.terminal());
        links.forEach(link -> link.held().forEach(held -> tell(link.region(), held)));
        return 0;
    }

    private void tell(String region, LinkInfo.Held held) {
        PrintStream out = cli.terminal().out();
        out.println(
                "held back from "
                        + Glyphs.harmless(region)
                        + " by policy: scope "
                        + Glyphs.harmless(held.scope()));
        held.reasons().forEach(reason -> out.println("  " + Glyphs.harmless(reason)));
    }

    private static List<Cell> row(LinkInfo link) {
        return List.of(
                Cell.of(link.region()),
                state(link.state()),
                link.stalenessMs().isPresent()
                        ? Cell.of(Shown.duration(Duration.ofMillis(link.stalenessMs().getAsLong())))
                        : new Cell.Toned("unknown", Cell.Tone.WARNING),
                link.roundTripMs().isPresent()
                        ? Cell.of(
                                String.format(
                                        Locale.ROOT, "%.2f ms", link.roundTripMs().getAsDouble()))
                        : new Cell.Text(""),
                Cell.of(link.via().equals(link.region()) ? "" : link.via()),
                Cell.of(Shown.count(link.eventsIn())),
                Cell.of(Shown.count(link.eventsOut())),
                size(link.bytesIn()),
                size(link.bytesOut()),
                size(link.savedBytes()),
                size(link.queuedBytes()),
                digests(link.digests()));
    }

    private static Cell size(long bytes) {
        return Cell.of(bytes < 0 ? "-" + new ByteSize(-bytes) : new ByteSize(bytes).toString());
    }

    private static Cell state(String state) {
        return new Cell.Toned(state, state.equals("up") ? Cell.Tone.GOOD : Cell.Tone.BAD);
    }

    private static Cell digests(String digests) {
        return switch (digests) {
            case "equal" -> new Cell.Toned(digests, Cell.Tone.GOOD);
            case "differ" -> new Cell.Toned(digests, Cell.Tone.BAD);
            default -> new Cell.Toned(digests, Cell.Tone.FAINT);
        };
    }
}
