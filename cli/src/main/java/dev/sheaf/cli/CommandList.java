package dev.sheaf.cli;

import dev.sheaf.cli.audit.AuditCommand;
import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.context.ContextCommand;
import dev.sheaf.cli.context.LinkCommand;
import dev.sheaf.cli.context.LinksCommand;
import dev.sheaf.cli.context.TraceCommand;
import dev.sheaf.cli.contract.ContractCommand;
import dev.sheaf.cli.demo.DemoCommand;
import dev.sheaf.cli.local.DownCommand;
import dev.sheaf.cli.local.StatusCommand;
import dev.sheaf.cli.local.TokenCommand;
import dev.sheaf.cli.local.TokenCreateCommand;
import dev.sheaf.cli.local.UpCommand;
import dev.sheaf.cli.mesh.ApplyCommand;
import dev.sheaf.cli.mesh.DeleteCommand;
import dev.sheaf.cli.mesh.DomainsCommand;
import dev.sheaf.cli.mesh.PlanCommand;
import dev.sheaf.cli.policy.PolicyCommand;
import dev.sheaf.cli.product.DescribeCommand;
import dev.sheaf.cli.product.HealthCommand;
import dev.sheaf.cli.product.ProductsCommand;
import dev.sheaf.cli.product.ReleasesCommand;
import dev.sheaf.cli.product.RollbackCommand;
import dev.sheaf.cli.publish.PublishCommand;
import dev.sheaf.cli.publish.RunsCommand;
import dev.sheaf.cli.query.QuarantineCommand;
import dev.sheaf.cli.query.SampleCommand;
import dev.sheaf.cli.query.SqlCommand;
import dev.sheaf.cli.shell.ShellCommand;
import dev.sheaf.cli.simulation.SimCommand;

import picocli.CommandLine;
import picocli.CommandLine.Help;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Every command by name, in the order and groups of `sheaf --help`.
final class CommandList {
    /// @param make builds the command for the surroundings it is to run in
    record Entry(String group, String name, Function<Cli, Object> make) {}

    private static final String NODE = "Node";
    private static final String DECLARE = "Declare";
    private static final String RELEASE = "Release";
    private static final String READ = "Read";
    private static final String CONTEXT = "Context";
    private static final String GOVERN = "Govern";
    private static final String OTHER = "Other";

    static final List<Entry> ALL =
            List.of(
                    new Entry(NODE, "demo", CommandList::demo),
                    new Entry(NODE, "up", UpCommand::new),
                    new Entry(NODE, "status", StatusCommand::new),
                    new Entry(NODE, "down", DownCommand::new),
                    new Entry(NODE, "token", CommandList::token),
                    new Entry(NODE, "members", dev.sheaf.cli.members.MembersCommand::new),
                    new Entry(NODE, "join-token", dev.sheaf.cli.members.JoinTokenCommand::new),
                    new Entry(NODE, "join", dev.sheaf.cli.members.JoinCommand::new),
                    new Entry(NODE, "leave", dev.sheaf.cli.members.LeaveCommand::new),
                    new Entry(NODE, "evict", dev.sheaf.cli.members.EvictCommand::new),
                    new Entry(DECLARE, "contract", ContractCommand::with),
                    new Entry(DECLARE, "plan", PlanCommand::new),
                    new Entry(DECLARE, "apply", ApplyCommand::new),
                    new Entry(DECLARE, "domains", DomainsCommand::new),
                    new Entry(DECLARE, "delete", DeleteCommand::new),
                    new Entry(DECLARE, "proposals", dev.sheaf.cli.proposals.ProposalsCommand::with),
                    new Entry(DECLARE, "registry", dev.sheaf.cli.mesh.RegistryCommand::new),
                    new Entry(RELEASE, "publish", PublishCommand::new),
                    new Entry(RELEASE, "runs", RunsCommand::new),
                    new Entry(RELEASE, "quarantine", QuarantineCommand::new),
                    new Entry(RELEASE, "releases", ReleasesCommand::new),
                    new Entry(RELEASE, "rollback", RollbackCommand::new),
                    new Entry(RELEASE, "health", HealthCommand::new),
                    new Entry(READ, "products", ProductsCommand::new),
                    new Entry(READ, "search", dev.sheaf.cli.product.SearchCommand::new),
                    new Entry(READ, "describe", DescribeCommand::new),
                    new Entry(READ, "sample", SampleCommand::new),
                    new Entry(READ, "sql", SqlCommand::new),
                    new Entry(READ, "shell", ShellCommand::new),
                    new Entry(READ, "replicas", dev.sheaf.cli.product.ReplicasCommand::new),
                    new Entry(READ, "lineage", dev.sheaf.cli.lineage.LineageCommand::new),
                    new Entry(READ, "impact", dev.sheaf.cli.lineage.ImpactCommand::new),
                    new Entry(READ, "models", dev.sheaf.cli.lineage.ModelsCommand::with),
                    new Entry(READ, "schemas", dev.sheaf.cli.schemas.SchemasCommand::with),
                    new Entry("Govern", "access", dev.sheaf.cli.access.AccessCommand::with),
                    new Entry(CONTEXT, "context", ContextCommand::with),
                    new Entry(CONTEXT, "links", LinksCommand::new),
                    new Entry(CONTEXT, "link", LinkCommand::with),
                    new Entry(CONTEXT, "trace", TraceCommand::with),
                    new Entry(GOVERN, "policy", PolicyCommand::with),
                    new Entry(GOVERN, "erase", dev.sheaf.cli.erasure.EraseCommand::new),
                    new Entry(GOVERN, "erasures", dev.sheaf.cli.erasure.ErasuresCommand::new),
                    new Entry(GOVERN, "retention", dev.sheaf.cli.erasure.RetentionCommand::with),
                    new Entry(GOVERN, "costs", dev.sheaf.cli.product.CostsCommand::new),
                    new Entry(GOVERN, "audit", AuditCommand::with),
                    new Entry(OTHER, "sim", SimCommand::new),
                    new Entry(OTHER, "completion", CompletionCommand::new));

    private CommandList() {}

    static Optional<Entry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    private static DemoCommand demo(Cli cli) {
        return new DemoCommand(
                cli, (inside, arguments) -> new CommandLineRun(inside).run(arguments));
    }

    private static CommandLine token(Cli cli) {
        return new CommandLine(new TokenCommand()).addSubcommand(new TokenCreateCommand(cli));
    }

    /// The command list of `sheaf --help`, by groups.
    static String renderGroups(Help help) {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (Entry entry : ALL) {
            Help command = help.subcommands().get(entry.name());
            if (command == null) {
                continue;
            }
            if (!entry.group().equals(group)) {
                group = entry.group();
                text.append(help.colorScheme().ansi().string("@|bold " + group + "|@"))
                        .append('\n');
            }
            String[] description = command.commandSpec().usageMessage().description();
            text.append(
                    String.format(
                            "  %-12s %s%n",
                            entry.name(), description.length == 0 ? "" : description[0]));
        }
        return text.toString();
    }
}
