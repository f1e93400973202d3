package dev.sheaf.contract.internal;

import dev.sheaf.contract.Checked;
import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Finding.Severity;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.Standard;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Parsed;
import dev.sheaf.contract.document.Position;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All checks of one document: notation, kind, version, schema, sense.
public final class Checks {
    private static final Comparator<Finding> ORDER =
            Comparator.comparingInt((Finding finding) -> finding.at().line())
                    .thenComparingInt(finding -> finding.at().column())
                    .thenComparing(Finding::severity);

    private Checks() {}

    public static Checked run(Source source) {
        return switch (DocumentReader.read(source)) {
            case Parsed.Broken broken ->
                    new Checked(
                            source,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(broken.fault()));
            case Parsed.Tree tree -> tree(source, tree);
        };
    }

    private static Checked tree(Source source, Parsed.Tree tree) {
        List<Finding> findings = new ArrayList<>();
        Optional<Standard> standard = Optional.empty();
        Optional<String> apiVersion = Optional.empty();
        if (tree.root() instanceof Node.Mapping root) {
            standard = standard(root);
            apiVersion = new Fields(root).text("apiVersion");
            if (standard.isEmpty()) {
                findings.add(unknownKind(root));
            } else {
                findings.addAll(standardChecks(standard.get(), root));
                findings.addAll(tree.remarks());
            }
        } else {
            findings.add(
                    error(
                            tree.root().at(),
                            "kind",
                            "is a list or a single value; a contract is a mapping that begins with"
                                    + " 'apiVersion' and 'kind: DataContract'"));
        }
        findings.sort(ORDER);
        return new Checked(source, standard, apiVersion, Optional.of(tree.root()), findings);
    }

    private static Optional<Standard> standard(Node.Mapping root) {
        Optional<String> kind = new Fields(root).text("kind");
        for (Standard standard : Standard.values()) {
            if (kind.equals(Optional.of(standard.kind()))) {
                return Optional.of(standard);
            }
        }
        return Optional.empty();
    }

    private static List<Finding> standardChecks(Standard standard, Node.Mapping root) {
        Optional<SchemaVersion> version =
                SchemaVersion.of(standard, new Fields(root).text("apiVersion").orElse(""));
        if (version.isEmpty()) {
            return List.of(unknownVersion(standard, root));
        }
        List<Finding> findings = new ArrayList<>(SchemaCheck.of(version.get()).run(root));
        if (findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)
                && standard == Standard.ODCS) {
            findings.addAll(SenseChecks.run(root));
        }
        return findings;
    }

    private static Finding unknownVersion(Standard standard, Node.Mapping root) {
        Optional<Node.Member> member = Optional.ofNullable(root.members().get("apiVersion"));
        String written = new Fields(root).text("apiVersion").orElse("");
        String hint =
                SchemaVersion.of(standard, "v" + written).isPresent()
                        ? "; write v" + written
                        : "; Sheaf reads " + SchemaVersion.known(standard);
        return new Finding(
                Severity.ERROR,
                member.map(found -> found.value().at()).orElse(root.at()),
                member.isPresent() ? "/apiVersion" : "",
                "apiVersion",
                member.isPresent()
                        ? "'"
                                + Finding.shown(written)
                                + "' is no version of "
                                + standard
                                + " that Sheaf knows"
                                + hint
                        : "'apiVersion' is missing"
                                + hint
                                + ", for example 'apiVersion: "
                                + SchemaVersion.newest(standard)
                                + "'");
    }

    private static Finding unknownKind(Node.Mapping root) {
        Fields fields = new Fields(root);
        Optional<Node.Member> kind = Optional.ofNullable(root.members().get("kind"));
        Optional<String> other = fields.text("dataContractSpecification");
        if (other.isPresent()) {
            return error(
                    root.at(),
                    "kind",
                    "is a Data Contract Specification "
                            + Finding.shown(other.get())
                            + " document, not ODCS; convert it to ODCS v3");
        }
        return kind.map(member ->
                        error(
                                member.value().at(),
                                "kind",
                                "kind is '"
                                        + Finding.shown(fields.text("kind").orElse(""))
                                        + "'; Sheaf reads DataContract (ODCS) and"
                                        + " DataProduct (ODPS)"))
                .orElseGet(() ->
                        error(
                                root.at(),
                                "kind",
                                "'kind' is missing; an ODCS contract has 'kind:"
                                        + " DataContract', an ODPS product 'kind:"
                                        + " DataProduct'"));
    }

    private static Finding error(Position at, String keyword, String message) {
        return new Finding(Severity.ERROR, at, "", keyword, message);
    }
}
