package dev.sheaf.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Every package says what it is for and is null-marked.
final class PackagesTest {
    @Test
    void everyMainPackageIsDescribedAndNullMarked() throws IOException {
        List<String> wrong = new ArrayList<>();
        TreeSet<Path> folders = new TreeSet<>();
        for (Path file : SourceTree.javaSources()) {
            if (file.toString().contains("/src/main/java/")) {
                folders.add(file.getParent());
            }
        }
        for (Path folder : folders) {
            Path info = folder.resolve("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.startsWith("///") || !text.contains("@NullMarked")) {
                wrong.add(SourceTree.root().relativize(folder).toString());
            }
        }
        assertEquals(List.of(), wrong, "packages without a described, null-marked package-info");
    }
}
