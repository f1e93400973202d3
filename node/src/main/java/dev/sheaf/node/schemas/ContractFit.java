package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.schemas.CompatibilityLevel;
import dev.sheaf.schemas.ParsedSchema;
import dev.sheaf.schemas.SchemaLanguage;
import dev.sheaf.schemas.SchemaSource;
import dev.sheaf.schemas.product.ContractSchemas;

import java.util.List;
import java.util.Optional;

/// Holds schemas and contracts of products against each other, so that they do not drift apart. For
/// any thread.
final class ContractFit {
    private final Subjects subjects;
    private final SchemaLookups lookups;
    private final RegionName own;

    ContractFit(Subjects subjects, SchemaLookups lookups, RegionName own) {
        this.subjects = subjects;
        this.lookups = lookups;
        this.own = own;
    }

    /// @throws Problem CONFLICT with the differences when the schema does not say what the contract
    ///   says
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

    /// @throws Problem CONFLICT when the subject carries a product's schema
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
                            + " contract another "
                            + ContractSettings.SUBJECT);
        }
    }

    /// What keeps a product from being applied: the level of its subject, or a subject that is
    /// somebody else's.
    List<String> faults(ProductSpec spec) {
        ContractSettings settings = ContractSettings.of(spec.table(), spec.name());
        if (settings.isStrange()) {
            return List.of(
                    ContractSettings.LANGUAGE
                            + " is '"
                            + settings.written().orElse("")
                            + "'; write AVRO or JSON");
        }
        String subject = settings.subject();
        Optional<ProductSpec> other = Optional.ofNullable(subjects.own().get(subject));
        if (other.isPresent() && !other.get().name().equals(spec.name())) {
            return List.of(
                    "the subject '"
                            + subject
                            + "' carries the schema of "
                            + other.get().name()
                            + " already; give one of them another "
                            + ContractSettings.SUBJECT);
        }
        Optional<RegionName> home =
                other.isPresent() ? Optional.empty() : subjects.claimant(subject);
        if (home.isPresent() && !home.get().equals(own)) {
            return List.of(
                    "the subject '"
                            + subject
                            + "' is at home in "
                            + home.get()
                            + "; choose another with "
                            + ContractSettings.SUBJECT
                            + ", or delete it there");
        }
        Optional<CompatibilityLevel> level = lookups.level(subject);
        try {
            SchemaSource schema = schema(spec);
            if (level.isEmpty() || isThere(subject, schema)) {
                return List.of();
            }
            List<String> breaks =
                    level.get()
                            .breaks(
                                    read(schema),
                                    lookups.earlier(lookups.versions(subject, false)));
            return breaks.stream()
                    .map(each ->
                            "its schema breaks the level "
                                    + level.get()
                                    + " of the subject '"
                                    + subject
                                    + "': "
                                    + each)
                    .toList();
        } catch (Problem invalid) {
            return List.of(invalid.message());
        }
    }

    private boolean isThere(String subject, SchemaSource schema) {
        String digest = SchemaLookups.digest(schema);
        return lookups.versions(subject, false).stream()
                .reduce((_, later) -> later)
                .map(version -> version.digest().equals(digest))
                .orElse(false);
    }

    private static ParsedSchema read(SchemaSource schema) {
        return ParsedSchema.read(
                schema,
                reference -> {
                    throw new IllegalStateException("asked for " + reference);
                });
    }

    /// The schema that a product's contract stands for: in the language that it asks for; else in
    /// Avro, or in JSON Schema where two columns would have one name in Avro.
    static SchemaSource schema(ProductSpec spec) {
        ContractSettings settings = ContractSettings.of(spec.table(), spec.name());
        SchemaLanguage language = settings.language().orElse(SchemaLanguage.AVRO);
        try {
            return ContractSchemas.of(spec.table(), spec.name(), language);
        } catch (Problem invalid) {
            if (settings.language().isPresent()) {
                throw invalid;
            }
            return ContractSchemas.of(spec.table(), spec.name(), SchemaLanguage.JSON);
        }
    }
}
