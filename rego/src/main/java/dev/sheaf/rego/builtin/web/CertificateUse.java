package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What the extensions of a certificate say about its use (RFC 5280, 4.2). Used by one thread while
/// it is read, then not changed.
final class CertificateUse {
    private static final List<String> PURPOSES =
            List.of(
                    "2.5.29.37.0",
                    "1.3.6.1.5.5.7.3.1",
                    "1.3.6.1.5.5.7.3.2",
                    "1.3.6.1.5.5.7.3.3",
                    "1.3.6.1.5.5.7.3.4",
                    "1.3.6.1.5.5.7.3.5",
                    "1.3.6.1.5.5.7.3.6",
                    "1.3.6.1.5.5.7.3.7",
                    "1.3.6.1.5.5.7.3.8",
                    "1.3.6.1.5.5.7.3.9",
                    "1.3.6.1.4.1.311.10.3.3",
                    "2.16.840.1.113730.4.1",
                    "1.3.6.1.4.1.311.2.1.22",
                    "1.3.6.1.4.1.311.61.1.1");

    final List<CertificateExtension> extensions;
    final List<List<Long>> notUnderstood = new ArrayList<>();

    /// Bit 0 is digital signature.
    int keyUsage;

    boolean hasBasicConstraints;
    boolean isAuthority;

    /// -1 when there is no limit; 0 also when nothing is said.
    int pathLengthMax;

    /// Numbers that Go gives the purposes.
    final List<Integer> purposes = new ArrayList<>();

    final List<List<Long>> otherPurposes = new ArrayList<>();
    byte @Nullable [] subjectKeyId;
    byte @Nullable [] authorityKeyId;
    AlternativeNames names = AlternativeNames.NONE;
    NameConstraints constraints = NameConstraints.NONE;
    private final List<String> revocationPlaces = new ArrayList<>();
    private final List<String> statusServers = new ArrayList<>();
    private final List<String> issuerPlaces = new ArrayList<>();
    private final List<List<Long>> policies = new ArrayList<>();
    private final List<Value> policyMappings = new ArrayList<>();
    private int anyPolicySkip;
    private int mappingSkip;
    private int explicitPolicySkip;
    private boolean hasAnyPolicySkip;
    private boolean hasMappingSkip;
    private boolean hasExplicitPolicySkip;

    /// @throws BuiltinFault when an extension that is known is malformed
    CertificateUse(List<CertificateExtension> extensions) {
        this.extensions = extensions;
        for (CertificateExtension extension : extensions) {
            if (!read(extension) && extension.isCritical()) {
                notUnderstood.add(extension.id());
            }
        }
    }

    /// @return whether it is understood
    private boolean read(CertificateExtension extension) {
        byte[] value = extension.value();
        switch (extension.idText()) {
            case "2.5.29.14" -> subjectKeyId = Der.only(value, Der.OCTET_STRING).content();
            case "2.5.29.15" -> keyUsage = keyUsage(Der.only(value, Der.BIT_STRING).bits());
            case AlternativeNames.EXTENSION -> {
                names = AlternativeNames.parse(value);
                return !names.isEmpty();
            }
            case "2.5.29.19" -> readBasicConstraints(Der.only(value, Der.SEQUENCE).values());
            case "2.5.29.30" -> constraints = NameConstraints.parse(extension);
            case "2.5.29.31" -> readRevocationPlaces(Der.only(value, Der.SEQUENCE).values());
            case "2.5.29.32" -> {
                Der.Reader items = Der.only(value, Der.SEQUENCE).values();
                while (items.hasNext()) {
                    policies.add(items.next(Der.SEQUENCE).values().next(Der.OID).oid());
                }
            }
            case "2.5.29.33" -> readPolicyMappings(Der.only(value, Der.SEQUENCE).values());
            case "2.5.29.35" -> {
                Der id = Der.only(value, Der.SEQUENCE).values().nextIf(Der.implicit(0));
                authorityKeyId = id == null ? null : id.content();
            }
            case "2.5.29.36" -> readPolicyConstraints(Der.only(value, Der.SEQUENCE).values());
            case "2.5.29.37" -> readPurposes(Der.only(value, Der.SEQUENCE).values());
            case "2.5.29.54" -> {
                anyPolicySkip = Der.only(value, Der.INTEGER).smallInteger();
                hasAnyPolicySkip = true;
            }
            case "1.3.6.1.5.5.7.1.1" -> readAccess(Der.only(value, Der.SEQUENCE).values());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int keyUsage(byte[] bits) {
        int usage = 0;
        for (int i = 0; i < 9 && i / 8 < bits.length; i++) {
            if ((bits[i / 8] >> 7 - i % 8 & 1) != 0) {
                usage |= 1 << i;
            }
        }
        return usage;
    }

    private void readBasicConstraints(Der.Reader fields) {
        Der authority = fields.nextIf(Der.BOOLEAN);
        isAuthority = authority != null && authority.bool();
        Der length = fields.nextIf(Der.INTEGER);
        pathLengthMax = length == null ? -1 : length.smallInteger();
        hasBasicConstraints = true;
    }

    private void readRevocationPlaces(Der.Reader items) {
        while (items.hasNext()) {
            Der point = items.next(Der.SEQUENCE).values().nextIf(Der.context(0));
            Der names = point == null ? null : point.values().nextIf(Der.context(0));
            if (names != null) {
                for (Der.Reader reader = names.values(); reader.hasNext(); ) {
                    Der name = reader.next();
                    if (name.tag() == Der.implicit(6)) {
                        revocationPlaces.add(name.text());
                    }
                }
            }
        }
    }

    private void readPolicyMappings(Der.Reader items) {
        while (items.hasNext()) {
            Der.Reader pair = items.next(Der.SEQUENCE).values();
            policyMappings.add(
                    new ObjectValue.Builder()
                            .put("IssuerDomainPolicy", StringValue.of(pair.next(Der.OID).oidText()))
                            .put(
                                    "SubjectDomainPolicy",
                                    StringValue.of(pair.next(Der.OID).oidText()))
                            .build());
        }
    }

    private void readPolicyConstraints(Der.Reader fields) {
        Der explicit = fields.nextIf(Der.implicit(0));
        if (explicit != null) {
            explicitPolicySkip = explicit.smallInteger();
            hasExplicitPolicySkip = true;
        }
        Der mapping = fields.nextIf(Der.implicit(1));
        if (mapping != null) {
            mappingSkip = mapping.smallInteger();
            hasMappingSkip = true;
        }
    }

    private void readPurposes(Der.Reader items) {
        while (items.hasNext()) {
            List<Long> id = items.next(Der.OID).oid();
            int number = PURPOSES.indexOf(Der.dotted(id));
            if (number >= 0) {
                purposes.add(number);
            } else {
                otherPurposes.add(id);
            }
        }
    }

    private void readAccess(Der.Reader items) {
        while (items.hasNext()) {
            Der.Reader fields = items.next(Der.SEQUENCE).values();
            String method = fields.next(Der.OID).oidText();
            Der place = fields.nextIf(Der.implicit(6));
            if (place != null) {
                switch (method) {
                    case "1.3.6.1.5.5.7.48.1" -> statusServers.add(place.text());
                    case "1.3.6.1.5.5.7.48.2" -> issuerPlaces.add(place.text());
                    default -> {}
                }
            }
        }
    }

    boolean isSameKeyId(CertificateUse issuer) {
        return authorityKeyId != null && Arrays.equals(authorityKeyId, issuer.subjectKeyId);
    }

    /// Adds its fields as Go's JSON shows them.
    void write(ObjectValue.Builder json) {
        Map<String, Value> fields =
                Map.of(
                        "KeyUsage", NumberValue.of(keyUsage),
                        "ExtKeyUsage", AlternativeNames.list(purposes, NumberValue::of),
                        "UnknownExtKeyUsage", oids(otherPurposes),
                        "BasicConstraintsValid", BooleanValue.of(hasBasicConstraints),
                        "IsCA", BooleanValue.of(isAuthority),
                        "MaxPathLen", NumberValue.of(pathLengthMax),
                        "MaxPathLenZero",
                                BooleanValue.of(hasBasicConstraints && pathLengthMax == 0),
                        "SubjectKeyId", bytes(subjectKeyId),
                        "AuthorityKeyId", bytes(authorityKeyId));
        fields.forEach(json::put);
        json.put("Extensions", AlternativeNames.list(extensions, CertificateExtension::json))
                .put("ExtraExtensions", NullValue.NULL)
                .put("UnhandledCriticalExtensions", oids(notUnderstood))
                .put("OCSPServer", AlternativeNames.texts(statusServers))
                .put("IssuingCertificateURL", AlternativeNames.texts(issuerPlaces))
                .put("CRLDistributionPoints", AlternativeNames.texts(revocationPlaces))
                .put("PolicyIdentifiers", oids(policies))
                .put(
                        "Policies",
                        AlternativeNames.texts(policies.stream().map(Der::dotted).toList()))
                .put("PolicyMappings", AlternativeNames.list(policyMappings, mapping -> mapping));
        skip(json, "InhibitAnyPolicy", anyPolicySkip, hasAnyPolicySkip);
        skip(json, "InhibitPolicyMapping", mappingSkip, hasMappingSkip);
        skip(json, "RequireExplicitPolicy", explicitPolicySkip, hasExplicitPolicySkip);
        names.write(json);
        constraints.write(json);
    }

    private static void skip(ObjectValue.Builder json, String name, int count, boolean isSaid) {
        json.put(name, NumberValue.of(count));
        json.put(name + "Zero", BooleanValue.of(isSaid && count == 0));
    }

    private static Value oids(List<List<Long>> oids) {
        return AlternativeNames.list(oids, DistinguishedName::numbers);
    }

    private static Value bytes(byte @Nullable [] bytes) {
        return bytes == null ? NullValue.NULL : StringValue.of(GoBase64.encode(bytes));
    }
}
