package dev.sheaf.cli.local;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.profile.PrivateFile;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Token;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `sheaf token create`: a token of the node's own issuer.
@Command(
        name = "create",
        description = "Make a token for a person or program.",
        footer = {
            "",
            "Scopes: catalog.read, query.run, product.publish, mesh.apply, node.admin,"
                    + " metrics.read, context.read,",
            "context.write, context.erase, context.admin, links.read, policy.read, policy.admin,"
                    + " policy.query, access.request, access.decide,",
            "audit.read, data.erase, lineage.write.",
            "Roles: auditor sees all grants and the audit log; team:NAME is membership of a team."
                    + " The token is shown once.",
            "",
            "Examples:",
            "  sheaf token create --sub ada --scope catalog.read,query.run --domains sales --ttl 8h"
                    + " -o ada.token",
            "  sheaf token create --sub scraper --scope metrics.read --ttl 30d --json"
        })
public final class TokenCreateCommand implements Callable<Integer> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");

    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(
            names = "--sub",
            paramLabel = "SUBJECT",
            required = true,
            description = "Whose token it is.")
    private String subject = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            required = true,
            description = "What it allows; several by commas.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = "--domains",
            paramLabel = "DOMAIN",
            split = ",",
            description = "Domains it is for, by commas; '*' for all. Default: none.")
    private List<String> domains = new ArrayList<>();

    @Option(names = "--role", paramLabel = "ROLE", split = ",", description = "Roles, by commas.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How long it counts: 90s, 30m, 8h, 30d (default ${DEFAULT-VALUE}).")
    private String lifetime = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write it to a file that only you can read.")
    private @Nullable Path output;

    public TokenCreateCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        TokenRequest request =
                new TokenRequest(
                        subject,
                        scopes,
                        domains,
                        roles,
                        OptionalLong.of(duration(lifetime).toSeconds()));
        Token token;
        try (SheafClient client = Connection.open(cli, node)) {
            token = client.createToken(request);
        }
        if (output != null) {
            PrivateFile.write(cli.workingDirectory().resolve(output), token.token() + "\n");
            cli.terminal()
                    .err()
                    .println(
                            "wrote "
                                    + output
                                    + ", which counts until "
                                    + Shown.instant(token.expiresAt()));
        } else if (node.json()) {
            JsonAnswer.print(cli.terminal(), token);
        } else {
            cli.terminal().out().println(token.token());
            cli.terminal().err().println("counts until " + Shown.instant(token.expiresAt()));
        }
        return 0;
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "--ttl '"
                            + text
                            + "' is not a time: write a number and s, m, h or d, as in 8h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
