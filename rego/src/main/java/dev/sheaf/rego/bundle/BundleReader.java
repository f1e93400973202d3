package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;

import java.util.ArrayList;
import java.util.List;

/// Makes a bundle of the files of an archive.
final class BundleReader {
    private static final String DELTA = "patch.json";

    private BundleReader() {}

    static Bundle read(List<BundleFile> files, ReadOptions options) {
        options.verification().ifPresent(verification -> verification.require(files));
        Manifest manifest =
                files.stream()
                        .filter(file -> file.name().equals(BundleFile.MANIFEST))
                        .findFirst()
                        .map(ManifestJson::read)
                        .orElse(Manifest.EMPTY);
        DataTree data = new DataTree();
        List<Module> modules = new ArrayList<>();
        List<Diagnostic> faults = new ArrayList<>();
        for (BundleFile file : files) {
            switch (file.baseName()) {
                case BundleFile.DATA -> data.add(file, JsonFile.json(file));
                case "data.yaml", "data.yml" -> data.add(file, JsonFile.yaml(file));
                default -> {
                    if (file.name().equals(DELTA)) {
                        throw Faults.unreadable(
                                DELTA, "this is a delta; only whole bundles can be read", null);
                    } else if (file.name().endsWith(".rego")) {
                        RegoVersion version = manifest.versionOf(file.name(), options.version());
                        parse(file, version, modules, faults);
                    }
                }
            }
        }
        if (!faults.isEmpty()) {
            PolicyFault all = new PolicyFault(faults);
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "policies of the bundle cannot be read:\n" + Diagnostic.render(faults),
                    all);
        }
        return new Bundle(manifest, data.value(), modules);
    }

    private static void parse(
            BundleFile file, RegoVersion version, List<Module> modules, List<Diagnostic> faults) {
        try {
            modules.add(Parser.module(file.name(), file.text(), version));
        } catch (PolicyFault fault) {
            faults.addAll(fault.diagnostics());
        }
    }
}
