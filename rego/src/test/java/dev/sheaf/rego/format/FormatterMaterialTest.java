package dev.sheaf.rego.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;

/// What must hold for every module, over modules that others have written.
class FormatterMaterialTest {
    private static final int SEED = 20261120;

    private static Optional<Module> parsed(String text, RegoVersion version) {
        try {
            return Optional.of(Parser.module("test.rego", text, version));
        } catch (PolicyFault notRego) {
            return Optional.empty();
        }
    }

    @Test
    void keepsEveryModuleAsItIs() throws IOException {
        int count = 0;
        for (Material each : Material.all()) {
            Optional<Module> module = parsed(each.text(), each.version());
            if (module.isPresent()) {
                Properties.check(each.name(), module.get(), each.version());
                count++;
            }
        }
        assertTrue(count > 1_400, "only " + count + " modules");
    }

    @Test
    void rewritesEveryModuleOfV0AsV1() throws IOException {
        int count = 0;
        for (Material each : Material.all()) {
            String old = WithoutKeywords.of(each.text());
            Optional<Module> module = parsed(old, RegoVersion.V0);
            if (module.isPresent() && parsed(old, RegoVersion.V1).isEmpty()) {
                Properties.check(each.name(), module.get(), RegoVersion.V0);
                Properties.check(each.name(), module.get(), RegoVersion.V1);
                count++;
            }
        }
        assertTrue(count > 500, "only " + count + " modules");
    }

    @Test
    void keepsModulesWhoseBlanksAndCommentsAreAnywhere() throws IOException {
        Random random = new Random(SEED);
        int count = 0;
        for (Material each : Material.all()) {
            Module module = parsed(each.text(), each.version()).orElse(null);
            if (module == null) {
                continue;
            }
            for (int round = 0; round < 8; round++) {
                String text = Disorder.of(module, random, 1 + round);
                Optional<Module> disordered = parsed(text, each.version());
                if (disordered.isPresent()) {
                    String name = each.name() + " with seed " + SEED + ", as\n" + text + "\nand";
                    Properties.check(name, disordered.get(), each.version());
                    count++;
                }
            }
        }
        assertTrue(count > 5_000, "only " + count + " texts");
    }

    @Test
    void keepsModulesOnOneLine() throws IOException {
        int count = 0;
        for (Material each : Material.all()) {
            Optional<Module> flat = parsed(Disorder.onOneLine(each.text()), each.version());
            if (flat.isPresent()) {
                Properties.check(each.name(), flat.get(), each.version());
                count++;
            }
        }
        assertTrue(count > 200, "only " + count + " modules");
    }
}
