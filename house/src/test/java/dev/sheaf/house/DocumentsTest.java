package dev.sheaf.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Documents stay true: links lead somewhere, classes that are named exist, each decision says by
/// what it is checked.
final class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern TYPE_NAME = Pattern.compile("`([A-Z][a-z0-9]+[A-Z]\\w*)`");

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1);
                boolean external = target.contains("://") || target.startsWith("mailto:");
                if (!external && !Files.exists(document.resolveSibling(target))) {
                    broken.add(SourceTree.root().relativize(document) + " -> " + target);
                }
            }
        }
        assertEquals(List.of(), broken, "broken links");
    }

    @Test
    void everyTypeThatTheArchitectureNamesExists() throws IOException {
        Set<String> types =
                SourceTree.javaSources().stream()
                        .map(file -> file.getFileName().toString().replace(".java", ""))
                        .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        Matcher name =
                TYPE_NAME.matcher(Files.readString(SourceTree.root().resolve("ARCHITECTURE.md")));
        while (name.find()) {
            if (!types.contains(name.group(1))) {
                missing.add(name.group(1));
            }
        }
        assertEquals(List.of(), missing, "ARCHITECTURE.md names types that do not exist");
    }

    @Test
    void everyDecisionSaysByWhatItIsChecked() throws IOException {
        List<String> silent = new ArrayList<>();
        try (Stream<Path> decisions = Files.list(SourceTree.root().resolve("docs/adr"))) {
            for (Path decision : decisions.filter(DocumentsTest::isDecision).toList()) {
                if (!Files.readString(decision).contains("**Checked by**")) {
                    silent.add(decision.getFileName().toString());
                }
            }
        }
        assertEquals(List.of(), silent, "decisions without 'Checked by'");
    }

    private static boolean isDecision(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".md") && !name.equals("README.md");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(SourceTree.root())) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.toString().contains("/node_modules/"))
                    .sorted()
                    .toList();
        }
    }
}
