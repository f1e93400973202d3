package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.PolicyLabAnswer;
import dev.sheaf.client.PolicyLabRequest;
import dev.sheaf.client.PolicyLabSubject;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.JsonValues;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf policy lab`: what a node's policies say, as anybody, and why.
@Command(
        name = "lab",
        description = "See what a node's policies say to a question or of a statement, and why.",
        footer = {
            "",
            "Shows decision, reasons, obligations and trace; of a statement also what it becomes"
                    + " and the",
            "views that it would see, with their masks. Nothing is run. Needs the scope"
                    + " policy.admin.",
            "The input document is described in spec/policy-input.md.",
            "",
            "Examples:",
            "  sheaf policy lab --input question.json",
            "  sheaf policy lab --input - --user ada --roles analyst --domains marketing <"
                    + " question.json",
            "  sheaf policy lab --user ada --purpose churn --sql \"SELECT email FROM sales.orders\""
        })
public final class PolicyLabCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "An input document, JSON or YAML; - for standard input.")
    private @Nullable String input;

    @Option(
            names = "--user",
            paramLabel = "SUBJECT",
            description = "As this one, in the place of the input's subject.")
    private @Nullable String user;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description = "The user's roles, by commas.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--domains",
            paramLabel = "DOMAIN",
            split = ",",
            description = "The user's domains, by commas; '*' for all.")
    private List<String> domains = new ArrayList<>();

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "What it is for, in the place of what the input says.")
    private @Nullable String purpose;

    @Option(
            names = "--sql",
            paramLabel = "STATEMENT",
            description = "A statement of the user's; it is not run.")
    private @Nullable String sql;

    @Option(names = "--without-trace", description = "Leave the trace out.")
    private boolean withoutTrace;

    public PolicyLabCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        if (input == null && sql == null) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "give --input FILE, or --user and --sql, or all");
        }
        if (user == null && (sql != null || !roles.isEmpty() || !domains.isEmpty())) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "--sql, --roles and --domains need --user");
        }
        PolicyLabRequest request =
                new PolicyLabRequest(
                        Optional.ofNullable(input).map(this::document),
                        Optional.ofNullable(user)
                                .map(name -> new PolicyLabSubject(name, roles, domains)),
                        Optional.ofNullable(sql),
                        Optional.ofNullable(purpose));
        PolicyLabAnswer answer;
        try (SheafClient client = Connection.open(cli, node)) {
            answer = client.policies().lab(request);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), answer);
        } else {
            new LabText(cli.terminal(), !withoutTrace).print(answer);
        }
        return 0;
    }

    private JsonNode document(String place) {
        String text = new PolicyFiles(cli).text(place);
        return JsonValues.toJson(DocumentReading.of(PolicyFiles.Kind.of(place), text, place));
    }
}
