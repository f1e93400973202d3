package dev.sheaf.contract.internal;

import com.networknt.schema.Error;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Finding.Severity;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Pointers;
import dev.sheaf.contract.document.Position;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns what the schema library reports into what a person can act on: one finding per cause.
///
/// Of an alternative (`oneOf`, `anyOf`) the branches' errors become one finding. A field that is
/// called unevaluated only because something else in its object is wrong is not reported.
final class SchemaFindings {
    private static final Set<String> UNKNOWN_FIELD =
            Set.of("additionalProperties", "unevaluatedProperties");

    private final SchemaVersion version;
    private final Set<String> fields;
    private final Node root;
    private final Explanations explanations;

    SchemaFindings(SchemaVersion version, Set<String> fields, Node root) {
        this.version = version;
        this.fields = fields;
        this.root = root;
        this.explanations = new Explanations(version, fields, root);
    }

    List<Finding> of(List<Error> errors) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        Map<String, List<Error>> alternatives = new LinkedHashMap<>();
        List<String> faulty = new ArrayList<>();
        for (Error error : errors) {
            String alternative = alternative(error);
            if (!alternative.isEmpty()) {
                alternatives.computeIfAbsent(alternative, key -> new ArrayList<>()).add(error);
                faulty.add(pointer(error));
            } else if (!UNKNOWN_FIELD.contains(error.getKeyword())) {
                add(findings, single(error));
                faulty.add(pointer(error));
            }
        }
        alternatives
                .values()
                .forEach(branches -> add(findings, explanations.alternative(branches)));
        for (Error error : errors) {
            if (alternative(error).isEmpty() && UNKNOWN_FIELD.contains(error.getKeyword())) {
                unknownField(error, faulty, findings);
            }
        }
        return List.copyOf(findings.values());
    }

    private void unknownField(Error error, List<String> faulty, Map<String, Finding> findings) {
        String owner = pointer(error);
        String field = error.getProperty() == null ? "" : error.getProperty();
        boolean consequence =
                fields.contains(field)
                        && faulty.stream()
                                .anyMatch(at -> at.equals(owner) || at.startsWith(owner + "/"));
        if (!consequence || findings.isEmpty()) {
            String pointer = Pointers.append(owner, field);
            findings.putIfAbsent(
                    pointer + " unknown",
                    new Finding(
                            version == SchemaVersion.ODCS_3_2_0 ? Severity.WARNING : Severity.ERROR,
                            Pointers.locate(root, pointer),
                            pointer,
                            error.getKeyword(),
                            explanations.unknownField(field)));
        }
    }

    private Finding single(Error error) {
        String pointer = pointer(error);
        return new Finding(
                severity(error, pointer),
                position(error, pointer),
                pointer,
                error.getKeyword(),
                explanations.of(error, pointer));
    }

    /// Of 3.2 the list of server types is not known here.
    private Severity severity(Error error, String pointer) {
        return version == SchemaVersion.ODCS_3_2_0
                        && error.getKeyword().equals("enum")
                        && pointer.matches("/servers/\\d+/type")
                ? Severity.WARNING
                : Severity.ERROR;
    }

    private Position position(Error error, String pointer) {
        return error.getKeyword().equals("required")
                ? Pointers.locate(root, pointer)
                : Pointers.find(root, pointer)
                        .map(Node::at)
                        .orElseGet(() -> Pointers.locate(root, pointer));
    }

    private static void add(Map<String, Finding> findings, Finding finding) {
        findings.putIfAbsent(
                finding.pointer() + " " + finding.keyword() + " " + finding.message(), finding);
    }

    static String pointer(Error error) {
        return error.getInstanceLocation().toString();
    }

    /// The outermost alternative that the error belongs to, as a path into the schema together with
    /// the value it judges; empty when it belongs to none.
    private static String alternative(Error error) {
        String path = error.getEvaluationPath().toString();
        int one = path.indexOf("/oneOf");
        int any = path.indexOf("/anyOf");
        int start = one < 0 ? any : any < 0 ? one : Math.min(one, any);
        return start < 0 ? "" : path.substring(0, start) + " " + rootOf(error, path, start);
    }

    /// Evaluation paths do not say which item of a list they are about; the instance location does.
    private static String rootOf(Error error, String path, int start) {
        long items = path.substring(0, start).split("/items", -1).length - 1L;
        StringBuilder indexes = new StringBuilder();
        for (String step : pointer(error).split("/", -1)) {
            if (items > 0 && step.matches("\\d+")) {
                indexes.append('/').append(step);
                items--;
            }
        }
        return indexes.toString();
    }
}
