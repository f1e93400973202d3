package dev.sheaf.governance.source;

import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.decision.StandardPack;
import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;
import dev.sheaf.rego.value.YamlValues;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A whole set of policies as files. A data document lies at the path of its folders below `data`.
///
/// @param files in the order of their paths, each path once
public record PolicySource(List<PolicyFile> files) {
    private static final String PATH = "sheaf_path_error";
    private static final String DATA = "sheaf_data_error";
    private static final String DECISION = "sheaf_decision_error";
    private static final String COMPILE = "rego_compile_error";

    public PolicySource {
        files = files.stream().sorted(Comparator.comparing(PolicyFile::path)).toList();
    }

    /// @param texts by path
    /// @param version of all modules
    public static PolicySource of(Map<String, String> texts, RegoVersion version) {
        return new PolicySource(
                texts.entrySet().stream()
                        .map(file -> new PolicyFile(file.getKey(), file.getValue(), version))
                        .toList());
    }

    /// The pack that comes with Sheaf.
    public static PolicySource standardPack() {
        List<PolicyFile> files = new ArrayList<>();
        StandardPack.FILES.forEach(file -> files.add(packFile(file)));
        files.add(packFile(StandardPack.SETTINGS));
        return new PolicySource(files);
    }

    private static PolicyFile packFile(String path) {
        return new PolicyFile(path, StandardPack.text(path), RegoVersion.V1);
    }

    /// These files and those of the standard pack. A `settings.yaml` among these is laid over the
    /// pack's, member by member; any other file takes a path of its own.
    ///
    /// @throws PolicyFault when a file has the path of one of the pack's, or the settings are no
    ///   object
    public PolicySource withStandardPack() {
        Set<String> taken = Set.copyOf(StandardPack.FILES);
        List<Diagnostic> faults =
                files.stream()
                        .map(PolicyFile::path)
                        .filter(taken::contains)
                        .map(path ->
                                fault(
                                        PATH,
                                        path,
                                        "the standard pack has a file of this path",
                                        "rename it, or apply without the standard pack"))
                        .toList();
        if (!faults.isEmpty()) {
            throw new PolicyFault(faults);
        }
        List<PolicyFile> all = new ArrayList<>();
        StandardPack.FILES.forEach(file -> all.add(packFile(file)));
        PolicyFile settings = packFile(StandardPack.SETTINGS);
        for (PolicyFile file : files) {
            if (file.path().equals(StandardPack.SETTINGS)) {
                settings = adjusted(file);
            } else {
                all.add(file);
            }
        }
        all.add(settings);
        return new PolicySource(all);
    }

    private static PolicyFile adjusted(PolicyFile file) {
        try {
            if (document(file) instanceof ObjectValue over) {
                String text =
                        JsonValues.text(DataDocuments.over(StandardPack.settings(), over)) + "\n";
                return new PolicyFile(file.path(), text, RegoVersion.V1);
            }
        } catch (Problem | IllegalArgumentException e) {
            throw new PolicyFault(List.of(fault(DATA, file.path(), said(e), "")));
        }
        throw new PolicyFault(
                List.of(fault(DATA, file.path(), "settings are an object", "see settings.yaml")));
    }

    /// @throws PolicyFault with everything that is wrong, also when the set does not say
    ///   `data.sheaf.decision`
    public PolicySet compile() {
        List<Diagnostic> faults = new ArrayList<>(pathFaults());
        List<Module> modules = new ArrayList<>();
        DataDocuments data = new DataDocuments();
        for (PolicyFile file : files) {
            try {
                switch (file.kind()) {
                    case MODULE ->
                            modules.add(Parser.module(file.path(), file.text(), file.version()));
                    case JSON, YAML -> data.add(folders(file), document(file));
                    case OTHER -> {} // told by its path
                }
            } catch (PolicyFault fault) {
                faults.addAll(fault.diagnostics());
            } catch (StackOverflowError e) {
                faults.add(fault(COMPILE, file.path(), "it is nested too deeply", ""));
            } catch (Problem | IllegalArgumentException e) {
                faults.add(fault(DATA, file.path(), said(e), ""));
            }
        }
        modules.forEach(module -> conflicts(module, data, faults));
        PolicySet set = null;
        try {
            set = PolicySet.compile(modules, data.root());
        } catch (PolicyFault fault) {
            // Where a module is missing others may only seem to be wrong.
            if (faults.isEmpty()) {
                faults.addAll(fault.diagnostics());
            }
        } catch (StackOverflowError e) {
            faults.add(fault(COMPILE, "", "the policies are nested too deeply", ""));
        }
        if (faults.isEmpty() && modules.stream().noneMatch(PolicySource::isDeciding)) {
            faults.add(
                    fault(
                            DECISION,
                            "",
                            "no rule says " + PolicySet.DECISION + ", which is what a node asks",
                            "apply it with the standard pack, or write package sheaf"));
        }
        if (!faults.isEmpty() || set == null) {
            throw new PolicyFault(faults);
        }
        return set;
    }

    private List<Diagnostic> pathFaults() {
        List<Diagnostic> faults = new ArrayList<>();
        Set<String> paths = files.stream().map(PolicyFile::path).collect(Collectors.toSet());
        for (PolicyFile file : files) {
            file.pathFault().ifPresent(why -> faults.add(fault(PATH, file.path(), why, "")));
            if (!file.isText()) {
                faults.add(fault(COMPILE, file.path(), "it holds half characters", ""));
            }
            int slash = file.path().indexOf('/');
            while (slash > 0) {
                if (paths.contains(file.path().substring(0, slash))) {
                    faults.add(fault(PATH, file.path(), "a file is where its folder is", ""));
                }
                slash = file.path().indexOf('/', slash + 1);
            }
        }
        return faults;
    }

    private static List<String> folders(PolicyFile file) {
        List<String> parts = Arrays.asList(file.path().split("/", -1));
        return parts.subList(0, parts.size() - 1);
    }

    private static Value document(PolicyFile file) {
        return file.kind() == PolicyFile.Kind.JSON
                ? JsonValues.parse(file.text())
                : YamlValues.parse(file.text());
    }

    /// A rule and a document cannot both say what a path leads to.
    private static void conflicts(Module module, DataDocuments data, List<Diagnostic> faults) {
        for (Rule rule : module.rules()) {
            List<String> path = new ArrayList<>(module.packagePath());
            path.add(rule.name());
            for (Term part : rule.path().subList(1, rule.path().size())) {
                if (!(part instanceof Term.Scalar scalar)
                        || !(scalar.value() instanceof StringValue name)) {
                    break;
                }
                path.add(name.value());
            }
            if (data.has(path)) {
                faults.add(
                        new Diagnostic(
                                COMPILE,
                                "conflicting rule for data path "
                                        + String.join("/", path)
                                        + " found",
                                rule.at(),
                                line(module, rule.at()),
                                "rename the rule, or take the value out of the data"));
            }
        }
    }

    private static String line(Module module, Location at) {
        return module.text().lines().skip(at.line() - 1L).findFirst().orElse("");
    }

    private static boolean isDeciding(Module module) {
        List<String> path = module.packagePath();
        if (path.equals(List.of("sheaf"))) {
            return module.rules().stream()
                    .anyMatch(rule -> rule.name().equals("decision") && rule.arguments().isEmpty());
        }
        return path.size() > 1
                && path.subList(0, 2).equals(List.of("sheaf", "decision"))
                && !module.rules().isEmpty();
    }

    private static Diagnostic fault(String code, String path, String message, String hint) {
        return new Diagnostic(code, message, new Location(path, 1, 1, 0), "", hint);
    }

    private static String said(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
