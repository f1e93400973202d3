package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.LinkFault;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/// The two regions of a link, whose nodes `sheaf up --regions` started on this machine.
final class LinkSides {
    @Mixin private final JsonOption json = new JsonOption();

    @Parameters(index = "0", paramLabel = "A", description = "A region, cloud/location.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "The region at the other end.")
    private String second = "";

    /// What was told to one of the nodes.
    ///
    /// @param at the node's region
    /// @param toward the other end
    record Told(String at, String toward, LinkFault fault) {}

    /// @param told in this order
    record AllTold(List<Told> told) {}

    /// Tells the node of A, and that of B too unless it is `oneWay`.
    void tell(Cli cli, LinkFault fault, boolean oneWay, String done) {
        RegionName a = RegionName.parse(first);
        RegionName b = RegionName.parse(second);
        if (a.equals(b)) {
            throw new Problem(ProblemCode.BAD_REQUEST, "a link has two regions; both are " + a);
        }
        List<Told> told = new ArrayList<>();
        told.add(new Told(a.toString(), b.toString(), fault));
        if (!oneWay) {
            told.add(new Told(b.toString(), a.toString(), fault));
        }
        for (Told each : told) {
            NodeOptions side = NodeOptions.ofRegion(RegionName.parse(each.at()));
            try (SheafClient client = Connection.open(cli, side)) {
                client.contexts().injectFault(each.toward(), fault);
            }
        }
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), new AllTold(told));
        } else {
            cli.terminal().out().println(a + (oneWay ? " → " : " ↔ ") + b + " " + done);
        }
    }
}
