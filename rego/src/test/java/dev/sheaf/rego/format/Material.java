package dev.sheaf.rego.format;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.rego.conformance.ConformanceCase;
import dev.sheaf.rego.syntax.RegoVersion;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Modules that others have written.
record Material(String name, RegoVersion version, String text) {
    /// Each different text once.
    static List<Material> all() throws IOException {
        String folder = System.getProperty("sheaf.testdata", "");
        assumeTrue(!folder.isEmpty(), "sheaf.testdata names no folder");
        Path cases = Path.of(folder, "opa-conformance", "dev");
        assumeTrue(Files.isDirectory(cases), "no conformance cases in " + cases);
        Map<String, Material> byText = new LinkedHashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(cases, "*.json")) {
            for (Path file : files) {
                for (ConformanceCase each :
                        ConformanceCase.read(new JsonMapper().readTree(Files.readString(file)))) {
                    for (String text : each.modules()) {
                        byText.put(text, new Material(each.note(), RegoVersion.V1, text));
                    }
                }
            }
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(folder, "policies"), "*.rego")) {
            for (Path file : files) {
                String text = Files.readString(file);
                String name = String.valueOf(file.getFileName());
                byText.put(text, new Material(name, RegoVersion.V0, text));
            }
        }
        return new ArrayList<>(byText.values());
    }
}
