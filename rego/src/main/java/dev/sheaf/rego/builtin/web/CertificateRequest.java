package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A request for a certificate (PKCS #10, RFC 2986), as Go's JSON shows it.
final class CertificateRequest {
    private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";

    private CertificateRequest() {}

    /// @throws BuiltinFault when it is none
    static ObjectValue json(byte[] bytes) {
        Der request = Der.only(bytes, Der.SEQUENCE);
        Der.Reader outer = request.values();
        Der signed = outer.next(Der.SEQUENCE);
        SignatureAlgorithm algorithm = SignatureAlgorithm.parse(outer.next(Der.SEQUENCE));
        byte[] signature = outer.next(Der.BIT_STRING).bits();

        Der.Reader fields = signed.values();
        int version = fields.next(Der.INTEGER).smallInteger();
        DistinguishedName subject = DistinguishedName.parse(fields.next(Der.SEQUENCE));
        Der keyInfo = fields.next(Der.SEQUENCE);
        SubjectKey key = SubjectKey.parse(keyInfo);
        List<Value> attributes = new ArrayList<>();
        List<CertificateExtension> extensions = new ArrayList<>();
        Der optional = fields.nextIf(Der.context(0));
        if (optional != null) {
            for (Der.Reader items = optional.values(); items.hasNext(); ) {
                read(items.next(Der.SEQUENCE), attributes, extensions);
            }
        }
        AlternativeNames names = AlternativeNames.NONE;
        for (CertificateExtension extension : extensions) {
            if (extension.idText().equals(AlternativeNames.EXTENSION)) {
                names = AlternativeNames.parse(extension.value());
            }
        }
        ObjectValue.Builder json = new ObjectValue.Builder(20);
        json.put("Raw", text(request.bytes()))
                .put("RawTBSCertificateRequest", text(signed.bytes()))
                .put("RawSubjectPublicKeyInfo", text(keyInfo.bytes()))
                .put("RawSubject", text(subject.bytes()))
                .put("Version", NumberValue.of(version))
                .put("Signature", text(signature))
                .put("SignatureAlgorithm", NumberValue.of(algorithm.number()))
                .put("PublicKeyAlgorithm", NumberValue.of(key.algorithmNumber()))
                .put("PublicKey", key.json())
                .put("Subject", subject.json())
                .put("Attributes", AlternativeNames.list(attributes, value -> value))
                .put("Extensions", AlternativeNames.list(extensions, CertificateExtension::json))
                .put("ExtraExtensions", NullValue.NULL);
        names.write(json);
        return json.build();
    }

    private static void read(
            Der attribute, List<Value> attributes, List<CertificateExtension> extensions) {
        Der.Reader fields = attribute.values();
        Der type = fields.next(Der.OID);
        Der values = fields.next(Der.SET);
        if (type.oidText().equals(EXTENSION_REQUEST)) {
            extensions.addAll(CertificateExtension.parseAll(values.values().next(Der.SEQUENCE)));
        }
        Value pairs = pairs(values);
        if (pairs != null) {
            attributes.add(
                    new ObjectValue.Builder()
                            .put("Type", DistinguishedName.numbers(type.oid()))
                            .put("Value", pairs)
                            .build());
        }
    }

    /// Lists of types with values; null when the attribute has something else, which Go leaves out.
    private static @Nullable Value pairs(Der set) {
        List<Value> lists = new ArrayList<>();
        try {
            for (Der.Reader sequences = set.values(); sequences.hasNext(); ) {
                List<Value> list = new ArrayList<>();
                Der.Reader items = sequences.next(Der.SEQUENCE).values();
                while (items.hasNext()) {
                    list.add(DistinguishedName.Attribute.parse(items.next(Der.SEQUENCE)).json());
                }
                lists.add(ArrayValue.of(list));
            }
        } catch (BuiltinFault fault) {
            return null;
        }
        return ArrayValue.of(lists);
    }

    private static StringValue text(byte[] bytes) {
        return StringValue.of(GoBase64.encode(bytes));
    }
}
