package dev.sheaf.governance.decision;

import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.YamlValues;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The policies that come with Sheaf: they decide until others are applied, and are to be read.
public final class StandardPack {
    private static final String FOLDER = "/dev/sheaf/governance/pack/";

    /// The files, which are Rego v1.
    public static final List<String> FILES =
            List.of(
                    "access.rego",
                    "export.rego",
                    "lib.rego",
                    "main.rego",
                    "masking.rego",
                    "protection.rego",
                    "purpose.rego",
                    "residency.rego");

    public static final String SETTINGS = "settings.yaml";

    private StandardPack() {}

    public static PolicySet load() {
        return PolicySet.compile(modules(), settings());
    }

    public static List<Module> modules() {
        return FILES.stream().map(file -> Parser.module(file, text(file), RegoVersion.V1)).toList();
    }

    /// What the pack is adjusted by.
    public static ObjectValue settings() {
        if (YamlValues.parse(text(SETTINGS)) instanceof ObjectValue fields) {
            return fields;
        }
        throw new IllegalStateException("the settings of the pack are no object");
    }

    /// The text of one of the files.
    public static String text(String file) {
        try (InputStream stream = StandardPack.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new IllegalStateException("the pack has no file " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
