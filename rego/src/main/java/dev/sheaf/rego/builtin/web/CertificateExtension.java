package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;

/// One extension (RFC 5280, 4.2).
///
/// @param isCritical whether it must be understood
record CertificateExtension(List<Long> id, boolean isCritical, byte[] value) {
    /// @param sequence of extensions
    static List<CertificateExtension> parseAll(Der sequence) {
        List<CertificateExtension> all = new ArrayList<>();
        for (Der.Reader items = sequence.values(); items.hasNext(); ) {
            Der.Reader fields = items.next(Der.SEQUENCE).values();
            List<Long> id = fields.next(Der.OID).oid();
            Der critical = fields.nextIf(Der.BOOLEAN);
            all.add(
                    new CertificateExtension(
                            id,
                            critical != null && critical.bool(),
                            fields.next(Der.OCTET_STRING).content()));
        }
        return all;
    }

    String idText() {
        return Der.dotted(id);
    }

    /// As Go's JSON shows it.
    Value json() {
        return new ObjectValue.Builder()
                .put("Id", DistinguishedName.numbers(id))
                .put("Critical", BooleanValue.of(isCritical))
                .put("Value", StringValue.of(GoBase64.encode(value)))
                .build();
    }
}
