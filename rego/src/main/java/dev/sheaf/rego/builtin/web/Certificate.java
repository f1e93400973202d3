package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An X.509 certificate (RFC 5280).
///
/// @param signed the part that the issuer signed
/// @param version 1 to 3
/// @param keyInfo the subject's key, as it is written
record Certificate(
        byte[] bytes,
        byte[] signed,
        int version,
        BigInteger serialNumber,
        SignatureAlgorithm algorithm,
        byte[] signature,
        DistinguishedName issuer,
        DistinguishedName subject,
        Instant notBefore,
        Instant notAfter,
        byte[] keyInfo,
        SubjectKey key,
        CertificateUse use) {
    /// Certificates one after the other.
    ///
    /// @throws BuiltinFault when something is none
    static List<Certificate> parseAll(byte[] bytes) {
        List<Certificate> all = new ArrayList<>();
        Der.Reader reader = Der.read(bytes);
        while (reader.hasNext()) {
            Der certificate;
            try {
                certificate = reader.next(Der.SEQUENCE);
            } catch (BuiltinFault fault) {
                throw BuiltinFault.of("x509: malformed certificate");
            }
            all.add(parse(certificate));
        }
        return all;
    }

    /// The one certificate that the bytes are.
    static Certificate parse(byte[] bytes) {
        List<Certificate> all = parseAll(bytes);
        if (all.size() != 1) {
            throw BuiltinFault.of(
                    all.isEmpty() ? "x509: malformed certificate" : "x509: trailing data");
        }
        return all.getFirst();
    }

    private static Certificate parse(Der certificate) {
        try {
            return read(certificate);
        } catch (BuiltinFault fault) {
            String reason = String.valueOf(fault.getMessage());
            throw reason.startsWith("x509:")
                    ? fault
                    : BuiltinFault.of("x509: malformed certificate: " + reason);
        }
    }

    private static Certificate read(Der certificate) {
        Der.Reader outer = certificate.values();
        Der signed = outer.next(Der.SEQUENCE);
        SignatureAlgorithm algorithm = SignatureAlgorithm.parse(outer.next(Der.SEQUENCE));
        byte[] signature = outer.next(Der.BIT_STRING).bits();

        Der.Reader fields = signed.values();
        Der explicitVersion = fields.nextIf(Der.context(0));
        int version =
                explicitVersion == null
                        ? 1
                        : explicitVersion.values().next(Der.INTEGER).smallInteger() + 1;
        if (version < 1 || version > 3) {
            throw BuiltinFault.of("x509: invalid version");
        }
        BigInteger serialNumber = fields.next(Der.INTEGER).integer();
        fields.next(Der.SEQUENCE);
        DistinguishedName issuer = DistinguishedName.parse(fields.next(Der.SEQUENCE));
        Der.Reader validity = fields.next(Der.SEQUENCE).values();
        Instant notBefore = validity.next().time();
        Instant notAfter = validity.next().time();
        DistinguishedName subject = DistinguishedName.parse(fields.next(Der.SEQUENCE));
        Der keyInfo = fields.next(Der.SEQUENCE);
        fields.nextIf(Der.implicit(1));
        fields.nextIf(Der.implicit(2));
        Der extensions = version > 2 ? fields.nextIf(Der.context(3)) : null;
        CertificateUse use =
                new CertificateUse(
                        extensions == null
                                ? List.of()
                                : CertificateExtension.parseAll(
                                        extensions.values().next(Der.SEQUENCE)));
        return new Certificate(
                certificate.bytes(),
                signed.bytes(),
                version,
                serialNumber,
                algorithm,
                signature,
                issuer,
                subject,
                notBefore,
                notAfter,
                keyInfo.bytes(),
                SubjectKey.parse(keyInfo),
                use);
    }

    boolean isSame(Certificate other) {
        return Arrays.equals(bytes, other.bytes);
    }

    /// Whether its key made the other's signature, and it may make such.
    boolean signed(Certificate other) {
        if (version == 3 && !use.hasBasicConstraints
                || use.hasBasicConstraints && !use.isAuthority
                || use.keyUsage != 0 && (use.keyUsage & 1 << 5) == 0
                || key instanceof SubjectKey.Unknown) {
            return false;
        }
        return other.algorithm.verify(key.key(), other.signed, other.signature);
    }

    /// The fields as Go's JSON shows them.
    ObjectValue.Builder json() {
        ObjectValue.Builder json = new ObjectValue.Builder(60);
        json.put("Raw", text(bytes))
                .put("RawTBSCertificate", text(signed))
                .put("RawSubjectPublicKeyInfo", text(keyInfo))
                .put("RawSubject", text(subject.bytes()))
                .put("RawIssuer", text(issuer.bytes()))
                .put("Signature", text(signature))
                .put("SignatureAlgorithm", NumberValue.of(algorithm.number()))
                .put("PublicKeyAlgorithm", NumberValue.of(key.algorithmNumber()))
                .put("PublicKey", key.json())
                .put("Version", NumberValue.of(version))
                .put("SerialNumber", NumberValue.of(serialNumber))
                .put("Issuer", issuer.json())
                .put("Subject", subject.json())
                .put("NotBefore", StringValue.of(notBefore.toString()))
                .put("NotAfter", StringValue.of(notAfter.toString()));
        use.write(json);
        return json;
    }

    /// The fields, and the subject's URIs as texts, as OPA adds them.
    ObjectValue extendedJson() {
        return json().put("URIStrings", AlternativeNames.texts(use.names.uris())).build();
    }

    private static StringValue text(byte[] bytes) {
        return StringValue.of(GoBase64.encode(bytes));
    }
}
