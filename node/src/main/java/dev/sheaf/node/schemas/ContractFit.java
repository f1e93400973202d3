package dev.sheaf.node.schemas;

import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.schemas.ParsedSchema;
import dev.sheaf.schemas.SchemaSource;
import dev.sheaf.schemas.product.ContractSchemas;

import java.util.List;
import java.util.Optional;

/// Holds what is registered under a product's subject against the product's contract.
final class ContractFit {
    private final Subjects subjects;

    ContractFit(Subjects subjects) {
        this.subjects = subjects;
    }

    /// @throws dev.sheaf.kernel.Problem CONFLICT with the differences when the schema does not say
    ///   what the contract says
    void requireFit(String subject, ParsedSchema schema) {
        Optional<ProductSpec> spec = Optional.ofNullable(subjects.own().get(subject));
        if (spec.isEmpty()) {
            return;
        }
        List<String> differences = ContractSchemas.differences(spec.get().table(), schema);
        if (!differences.isEmpty()) {
            throw SchemaFaults.incompatible(
                    "the subject '"
                            + subject
                            + "' carries the schema of the product "
                            + spec.get().name()
                            + ", and this schema does not fit its contract "
                            + spec.get().contract().version()
                            + ": "
                            + String.join("; ", differences)
                            + ". Change the contract (sheaf apply); its schema follows");
        }
    }

    /// @throws dev.sheaf.kernel.Problem CONFLICT when the subject carries a product's schema
    void requireFree(String subject) {
        Optional<ProductSpec> spec = Optional.ofNullable(subjects.own().get(subject));
        if (spec.isPresent()) {
            throw SchemaFaults.of(
                    ProblemCode.CONFLICT,
                    409,
                    "the subject '"
                            + subject
                            + "' carries the schema of the product "
                            + spec.get().name()
                            + " and stays as long as the product: delete the product, or give its"
                            + " contract another sheaf.subject");
        }
    }

    /// The schema that a product's contract stands for.
    static Optional<SchemaSource> schema(ProductSpec spec) {
        return ContractSettings.of(spec.table(), spec.name())
                .language()
                .map(language -> ContractSchemas.of(spec.table(), spec.name(), language));
    }
}
