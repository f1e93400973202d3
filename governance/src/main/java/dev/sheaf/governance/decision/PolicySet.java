package dev.sheaf.governance.decision;

import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.Policies;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// Policies as a unit: modules and data, compiled. Immutable.
public final class PolicySet {
    /// What a node asks.
    public static final String DECISION = "data.sheaf.decision";

    private static final int REVISION_CHARACTERS = 16;

    private final List<Module> modules;
    private final ObjectValue data;
    private final Policies policies;
    private final Query decision;
    private final String revision;
    private final boolean mayCapCost;

    private PolicySet(List<Module> modules, ObjectValue data, Policies policies, Query decision) {
        this.modules = modules;
        this.data = data;
        this.policies = policies;
        this.decision = decision;
        this.revision = digest(modules, data);
        this.mayCapCost = modules.stream().anyMatch(PolicySet::capsCost);
    }

    /// @param data what the rules are laid over
    /// @throws PolicyFault with everything that is wrong
    public static PolicySet compile(List<Module> modules, ObjectValue data) {
        Policies policies = Policies.compile(modules, CompileOptions.DEFAULT);
        return new PolicySet(
                List.copyOf(modules), data, policies, policies.query("x = " + DECISION));
    }

    private static String digest(List<Module> modules, ObjectValue data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            modules.stream()
                    .sorted(Comparator.comparing(Module::file))
                    .forEach(module -> {
                        add(digest, module.file());
                        add(digest, module.version().name());
                        add(digest, module.text());
                    });
            add(digest, JsonValues.text(data));
            return HexFormat.of().formatHex(digest.digest()).substring(0, REVISION_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Each part with its length, so that nothing can be moved from one to the next.
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /// A digest of all that the set holds: equal sets have equal revisions.
    public String revision() {
        return revision;
    }

    public List<Module> modules() {
        return modules;
    }

    public ObjectValue data() {
        return data;
    }

    public Policies policies() {
        return policies;
    }

    /// Whether a module other than the standard pack's own has anything to say about costs, so that
    /// a decision may have a [Decision.Allow#maxCost()].
    public boolean mayCapCost() {
        return mayCapCost;
    }

    private static boolean capsCost(Module module) {
        return (module.text().contains("max_cost") || module.text().contains("maxCost"))
                && !module.text().equals(StandardPack.text("main.rego"));
    }

    Query decision() {
        return decision;
    }
}
