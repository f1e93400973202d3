package dev.sheaf.node.schemas;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.schemas.SchemaLanguage;

import java.util.Optional;

/// What a contract's custom properties say of the schema that is made from it.
///
/// @param subject `sheaf.schemaSubject` says; else `domain.product-value`
/// @param written what `sheaf.schemaType` says; empty when it says nothing
record ContractSettings(String subject, Optional<String> written) {
    static final String SUBJECT = "sheaf.schemaSubject";
    static final String LANGUAGE = "sheaf.schemaType";

    static ContractSettings of(TableContract table, ProductName product) {
        return new ContractSettings(
                table.customProperties().getOrDefault(SUBJECT, product + "-value").toString(),
                Optional.ofNullable(table.customProperties().get(LANGUAGE)).map(Object::toString));
    }

    /// The language that is asked for.
    Optional<SchemaLanguage> language() {
        return written.flatMap(SchemaLanguage::named)
                .filter(language -> language != SchemaLanguage.PROTOBUF);
    }

    /// Whether a word stands there that names no language.
    boolean isStrange() {
        return written.isPresent() && language().isEmpty();
    }
}
