package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.bundle.Bundle;
import dev.sheaf.rego.bundle.Manifest;
import dev.sheaf.rego.bundle.Signing;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.Policies;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf policy bundle build`.
@Command(
        name = "build",
        description = "Put policies and data into one file, signed if wanted.",
        footer = {
            "",
            "Policies are named by their path below the folder that is given; all documents become",
            "one data.json. A .manifest at the top of a folder is read; options go before it.",
            "The policies must compile. The same content always becomes the same bytes, signed"
                    + " with",
            "RS… or HS… too.",
            "",
            "Examples:",
            "  sheaf policy bundle build policies/ --revision 7 --root sales -o sales.tar.gz",
            "  sheaf policy bundle build policies/ --signing-key key.pem --signing-alg ES256"
        })
public final class BundleBuildCommand implements Callable<Integer> {
    private static final String MANIFEST = ".manifest";

    private final Cli cli;

    @Mixin private final KeyOptions keys = new KeyOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The file to write (default: bundle.tar.gz).")
    private Path output = Path.of("bundle.tar.gz");

    @Option(names = "--v0", description = "Read the Rego of before OPA 1; the manifest says so.")
    private boolean old;

    @Option(
            names = {"-r", "--revision"},
            paramLabel = "TEXT",
            description = "What this state of the policies is called.")
    private Optional<String> revision = Optional.empty();

    @Option(
            names = "--root",
            paramLabel = "PATH",
            description = "A path of data that the bundle owns: sales/eu (default: all).")
    private List<String> roots = new ArrayList<>();

    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            description = "The private key (PEM) or, for HS…, the secret.")
    private Optional<String> signingKey = Optional.empty();

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "Policies and data, or folders of them.")
    private List<String> places = new ArrayList<>();

    public BundleBuildCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Manifest manifest = manifest();
        PolicySources sources = sources(manifest);
        Bundle bundle = new Bundle(manifest, sources.data(), named(sources.modules()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (signingKey.isPresent()) {
                bundle.write(bytes, signing(signingKey.get()));
            } else {
                bundle.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PolicyFiles.write(
                cli.workingDirectory().resolve(output), output.toString(), bytes.toByteArray());
        cli.terminal()
                .out()
                .println(
                        "wrote "
                                + output
                                + ": "
                                + Shown.count(bundle.modules().size(), "file")
                                + " of policies, "
                                + Shown.count(bytes.size(), "byte")
                                + (signingKey.isPresent() ? ", signed" : ""));
        return ExitCode.OK.status();
    }

    private PolicySources sources(Manifest manifest) {
        try {
            PolicySources sources =
                    PolicySources.read(
                            cli,
                            places,
                            found ->
                                    manifest.versionOf(
                                            found.name(), old ? RegoVersion.V0 : RegoVersion.V1));
            Policies.compile(sources.modules(), CompileOptions.ALL_GRANTED);
            return sources;
        } catch (PolicyFault fault) {
            throw PolicyProblems.of(fault);
        }
    }

    /// Under the names they have in the bundle.
    private List<Module> named(List<Module> modules) {
        Map<String, String> names = new HashMap<>();
        for (PolicyFiles.Found found : new PolicyFiles(cli).find(places)) {
            names.put(found.shown(), found.name());
        }
        return modules.stream()
                .map(module ->
                        new Module(
                                names.getOrDefault(module.file(), module.file()),
                                module.version(),
                                module.packagePath(),
                                module.packageAt(),
                                module.imports(),
                                module.rules(),
                                module.annotations(),
                                module.comments(),
                                module.text()))
                .toList();
    }

    private Manifest manifest() {
        List<Path> files =
                places.stream()
                        .map(place -> cli.workingDirectory().resolve(place).resolve(MANIFEST))
                        .filter(Files::isRegularFile)
                        .toList();
        if (files.size() > 1) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "several folders have a " + MANIFEST + ", and a bundle has one: " + files);
        }
        Manifest read =
                files.isEmpty()
                        ? Manifest.EMPTY
                        : Manifest.parse(new PolicyFiles(cli).text(files.getFirst().toString()));
        return new Manifest(
                revision.orElse(read.revision()),
                roots.isEmpty() ? read.roots() : roots,
                read.metadata(),
                old ? Optional.of(RegoVersion.V0) : read.regoVersion(),
                read.fileRegoVersions());
    }

    private Signing signing(String place) {
        Signing signing =
                Signing.of(
                        keys.keyId().orElse("default"),
                        keys.scheme(),
                        keys.key(new PolicyFiles(cli), place));
        return keys.scope().map(signing::withScope).orElse(signing);
    }
}
