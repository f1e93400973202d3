package dev.sheaf.product.apply;

import dev.sheaf.contract.Checked;
import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.Position;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Collects findings, so that a person gets all of them at once.
final class Findings {
    private static final int SHOWN_MAX = 50;

    private final List<ManifestFinding> all = new ArrayList<>();

    void error(Source source, Position at, String message) {
        all.add(new ManifestFinding(source.name(), at, Finding.Severity.ERROR, message));
    }

    void warning(Source source, Position at, String message) {
        all.add(new ManifestFinding(source.name(), at, Finding.Severity.WARNING, message));
    }

    void addAll(Checked checked) {
        for (Finding finding : checked.findings()) {
            all.add(
                    new ManifestFinding(
                            checked.source().name(),
                            finding.at(),
                            finding.keyword().equals(Finding.PROTECTION)
                                    ? Finding.Severity.ERROR
                                    : finding.severity(),
                            finding.message()));
        }
    }

    void addAll(List<ManifestFinding> others) {
        all.addAll(others);
    }

    List<ManifestFinding> all() {
        return List.copyOf(all);
    }

    /// @throws Problem INVALID_CONTRACT naming every error, when there are any
    static void requireNoErrors(List<ManifestFinding> findings) {
        List<ManifestFinding> errors = findings.stream().filter(ManifestFinding::isError).toList();
        if (errors.isEmpty()) {
            return;
        }
        String shown =
                errors.stream()
                        .limit(SHOWN_MAX)
                        .map(ManifestFinding::toString)
                        .collect(Collectors.joining("\n"));
        String more =
                errors.size() > SHOWN_MAX ? "\nand " + (errors.size() - SHOWN_MAX) + " more" : "";
        throw new Problem(
                ProblemCode.INVALID_CONTRACT,
                (errors.size() == 1 ? "1 fault" : errors.size() + " faults")
                        + " in the manifests; nothing was applied:\n"
                        + shown
                        + more,
                Map.of("findings", findings.stream().map(Findings::json).toList()),
                null);
    }

    static Map<String, Object> json(ManifestFinding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", finding.file());
        json.put("line", finding.at().line());
        json.put("column", finding.at().column());
        json.put("severity", finding.severity().name().toLowerCase(java.util.Locale.ROOT));
        json.put("message", finding.message());
        return json;
    }
}
