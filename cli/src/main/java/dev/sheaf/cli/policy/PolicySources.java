package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Policies, and the data they are laid over.
record PolicySources(List<Module> modules, ObjectValue data) {
    private static final String COMPILE = "rego_compile_error";

    /// Everything that the places hold. A document named itself lies at the root of data; one in a
    /// folder below a folder that is named lies at that folder's path.
    ///
    /// @throws Problem when something cannot be read
    /// @throws PolicyFault with what is wrong with any of the policies
    static PolicySources read(Cli cli, List<String> places, RegoVersion version) {
        return read(cli, places, found -> version);
    }

    /// As above, with a dialect for each policy.
    ///
    /// @throws Problem when something cannot be read
    /// @throws PolicyFault with what is wrong with any of the policies
    static PolicySources read(
            Cli cli, List<String> places, Function<PolicyFiles.Found, RegoVersion> versions) {
        PolicyFiles files = new PolicyFiles(cli);
        List<Module> modules = new ArrayList<>();
        DataTree data = new DataTree();
        List<Diagnostic> faults = new ArrayList<>();
        for (PolicyFiles.Found found : files.find(places)) {
            switch (found.kind()) {
                case POLICY -> parse(files, found, versions.apply(found), modules, faults);
                case JSON ->
                        data.add(
                                found.folders(),
                                DocumentReading.json(files.text(found), found.shown()),
                                found.shown());
                case YAML ->
                        data.add(
                                found.folders(),
                                DocumentReading.yaml(files.text(found), found.shown()),
                                found.shown());
                case OTHER ->
                        throw new Problem(
                                ProblemCode.INVALID_VALUE,
                                "'"
                                        + found.shown()
                                        + "' is neither a policy (.rego) nor a document (.json,"
                                        + " .yaml, .yml)");
            }
        }
        if (faults.isEmpty()) {
            modules.forEach(module -> conflicts(module, data, faults));
        }
        if (!faults.isEmpty()) {
            throw new PolicyFault(faults);
        }
        return new PolicySources(List.copyOf(modules), data.root());
    }

    /// Adds the module to `modules`, or what is wrong with it to `faults`.
    static void parse(
            PolicyFiles files,
            PolicyFiles.Found found,
            RegoVersion version,
            List<Module> modules,
            List<Diagnostic> faults) {
        try {
            modules.add(Parser.module(found.shown(), files.text(found), version));
        } catch (PolicyFault fault) {
            faults.addAll(fault.diagnostics());
        }
    }

    /// A rule and a document cannot both say what a path leads to.
    private static void conflicts(Module module, DataTree data, List<Diagnostic> faults) {
        for (Rule rule : module.rules()) {
            List<String> path = new ArrayList<>(module.packagePath());
            path.addAll(staticPath(rule));
            if (data.find(path).isPresent()) {
                faults.add(
                        new Diagnostic(
                                COMPILE,
                                "conflicting rule for data path "
                                        + String.join("/", path)
                                        + " found",
                                rule.at(),
                                module.text()
                                        .lines()
                                        .skip(rule.at().line() - 1L)
                                        .findFirst()
                                        .orElse(""),
                                "rename the rule, or take the value out of the data"));
            }
        }
    }

    /// The rule's name and the names after it, up to the first that is computed.
    private static List<String> staticPath(Rule rule) {
        List<String> path = new ArrayList<>();
        path.add(rule.name());
        for (Term part : rule.path().subList(1, rule.path().size())) {
            if (!(part instanceof Term.Scalar scalar)
                    || !(scalar.value() instanceof StringValue name)) {
                break;
            }
            path.add(name.value());
        }
        return path;
    }
}
