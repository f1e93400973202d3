package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.rego.bundle.Bundle;
import dev.sheaf.rego.bundle.ReadOptions;
import dev.sheaf.rego.bundle.Verification;
import dev.sheaf.rego.bundle.VerificationKey;
import dev.sheaf.rego.syntax.RegoVersion;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.concurrent.Callable;

/// `sheaf policy bundle verify`.
@Command(
        name = "verify",
        description = "Check that a bundle is whole, and signed with a key.",
        footer = {
            "",
            "With --key-id the signature must name that key; without, any name will do.",
            "",
            "Exit status 0 when it is signed as wanted, 4 when it is not, 1 when it cannot be"
                    + " read.",
            "",
            "Example:",
            "  sheaf policy bundle verify sales.tar.gz --verification-key public.pem"
        })
public final class BundleVerifyCommand implements Callable<Integer> {
    private static final String ONLY = "default";

    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();
    @Mixin private final KeyOptions keys = new KeyOptions();

    @Option(
            names = "--verification-key",
            required = true,
            paramLabel = "FILE",
            description = "The public key or certificate (PEM) or, for HS…, the secret.")
    private String keyFile = "";

    @Option(names = "--v0", description = "Policies of which the manifest says nothing are of v0.")
    private boolean old;

    @Parameters(paramLabel = "BUNDLE", description = "The bundle, a .tar.gz.")
    private String place = "";

    public BundleVerifyCommand(Cli cli) {
        this.cli = cli;
    }

    /// The shape of `--json`.
    record Answer(boolean verified, String revision, int policies) {}

    @Override
    public Integer call() {
        ReadOptions options =
                ReadOptions.DEFAULT
                        .withVersion(old ? RegoVersion.V0 : RegoVersion.V1)
                        .withVerification(verification());
        Bundle bundle = BundleReading.read(cli, place, options);
        Answer answer = new Answer(true, bundle.manifest().revision(), bundle.modules().size());
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), answer);
        } else {
            String revision = answer.revision().isEmpty() ? "" : ", revision " + answer.revision();
            cli.terminal()
                    .out()
                    .println(
                            Glyphs.harmless(
                                    "verified: "
                                            + place
                                            + revision
                                            + ", "
                                            + Shown.count(answer.policies(), "file")
                                            + " of policies"));
        }
        return ExitCode.OK.status();
    }

    private Verification verification() {
        VerificationKey key =
                VerificationKey.of(keys.scheme(), keys.key(new PolicyFiles(cli), keyFile));
        Verification verification =
                keys.keyId()
                        .map(id -> Verification.by(Map.of(id, key)))
                        .orElseGet(() -> Verification.by(Map.of(ONLY, key)).withKeyId(ONLY));
        return keys.scope().map(verification::withScope).orElse(verification);
    }
}
