package dev.sheaf.node.schemas;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.schemas.SchemaLanguage;

/// What a contract's custom properties say of the schema that is made from it: `sheaf.subject` the
/// subject (else `domain.product-value`), `sheaf.schemaType` its language (else AVRO).
///
/// @param language as written; empty for a word that names none
record ContractSettings(String subject, java.util.Optional<SchemaLanguage> language) {
    static final String SUBJECT = "sheaf.subject";
    static final String LANGUAGE = "sheaf.schemaType";

    static ContractSettings of(TableContract table, ProductName product) {
        Object subject = table.customProperties().getOrDefault(SUBJECT, product + "-value");
        Object language = table.customProperties().getOrDefault(LANGUAGE, "AVRO");
        return new ContractSettings(
                subject.toString(),
                SchemaLanguage.named(language.toString())
                        .filter(each -> each != SchemaLanguage.PROTOBUF));
    }
}
