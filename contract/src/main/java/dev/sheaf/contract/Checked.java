package dev.sheaf.contract;

import dev.sheaf.contract.document.Node;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A document and everything that can be said about it without data.
///
/// @param standard empty when the document is of no standard that Sheaf reads, or broken
/// @param apiVersion as declared
/// @param root empty when the document cannot be read at all
/// @param findings in the order of the document
public record Checked(
        Source source,
        Optional<Standard> standard,
        Optional<String> apiVersion,
        Optional<Node> root,
        List<Finding> findings) {
    private static final int SHOWN_FINDINGS_MAX = 5;

    public Checked {
        findings = List.copyOf(findings);
    }

    /// Whether the document is of a standard and keeps to the schema of the version it declares.
    public boolean valid() {
        return standard.isPresent() && errors().isEmpty();
    }

    public List<Finding> errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
    }

    public List<Finding> warnings() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING)
                .toList();
    }

    /// The errors as one problem for a person; all of them are in its details.
    public Problem problem() {
        List<Finding> errors = errors();
        StringBuilder text = new StringBuilder(source.name()).append(" is not valid:");
        errors.stream()
                .limit(SHOWN_FINDINGS_MAX)
                .forEach(finding ->
                        text.append("\n  ").append(source.name()).append(':').append(finding));
        if (errors.size() > SHOWN_FINDINGS_MAX) {
            text.append("\n  and ").append(errors.size() - SHOWN_FINDINGS_MAX).append(" more");
        }
        List<Map<String, Object>> listed = errors.stream().map(Checked::listed).toList();
        return new Problem(
                ProblemCode.INVALID_CONTRACT,
                text.toString(),
                Map.of("file", source.name(), "findings", listed),
                null);
    }

    private static Map<String, Object> listed(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("line", finding.at().line());
        map.put("column", finding.at().column());
        map.put("pointer", finding.pointer());
        map.put("keyword", finding.keyword());
        map.put("message", finding.message());
        return map;
    }
}
