package dev.sheaf.contract;

import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.internal.Checks;
import dev.sheaf.contract.internal.ContractModel;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Optional;

/// Reads ODCS documents. Safe for use by many threads; keeps only compiled schemas.
public final class ContractReader {
    private ContractReader() {}

    /// Says everything there is to say about a document of any kind, and never throws.
    public static Checked check(Source source) {
        return Checks.run(source);
    }

    /// @throws Problem INVALID_CONTRACT with every error and its place, or when the document is no
    ///   ODCS contract of version 3
    public static DataContract read(Source source) {
        return model(check(source));
    }

    /// The same for a document that has been checked already.
    public static DataContract model(Checked checked) {
        Node.Mapping root = mapping(checked, Standard.ODCS);
        if (checked.apiVersion().orElse("").startsWith("v2")) {
            throw new Problem(
                    ProblemCode.INVALID_CONTRACT,
                    checked.source().name()
                            + " is a valid ODCS "
                            + checked.apiVersion().orElse("")
                            + " contract, but only version 3 can be served; rewrite it as v3.1.0"
                            + " (`dataset` became `schema`, `columns` became `properties`)");
        }
        return new ContractModel(checked.source()).contract(root);
    }

    static Node.Mapping mapping(Checked checked, Standard standard) {
        if (!checked.errors().isEmpty()) {
            throw checked.problem();
        }
        Optional<Node> root = checked.root();
        if (checked.standard().equals(Optional.of(standard))
                && root.isPresent()
                && root.get() instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new Problem(
                ProblemCode.INVALID_CONTRACT,
                checked.source().name()
                        + " has another kind than '"
                        + standard.kind()
                        + "', which is needed here");
    }
}
