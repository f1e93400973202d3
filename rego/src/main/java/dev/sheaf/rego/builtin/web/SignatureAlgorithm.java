package dev.sheaf.rego.builtin.web;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.Map;

/// How certificates are signed (RFC 3279, 4055, 5758, 8410).
///
/// @param number that Go gives it; 0 when it is not known
/// @param name the JDK's; empty when signatures of this kind are not trusted
record SignatureAlgorithm(int number, String name) {
    private static final String PSS = "1.2.840.113549.1.1.10";
    private static final Map<String, SignatureAlgorithm> KNOWN = new HashMap<>();

    static {
        add("1.2.840.113549.1.1.2", 1, "");
        add("1.2.840.113549.1.1.4", 2, "");
        add("1.2.840.113549.1.1.5", 3, "");
        add("1.3.14.3.2.29", 3, "");
        add("1.2.840.113549.1.1.11", 4, "SHA256withRSA");
        add("1.2.840.113549.1.1.12", 5, "SHA384withRSA");
        add("1.2.840.113549.1.1.13", 6, "SHA512withRSA");
        add("1.2.840.10040.4.3", 7, "");
        add("2.16.840.1.101.3.4.3.2", 8, "");
        add("1.2.840.10045.4.1", 9, "");
        add("1.2.840.10045.4.3.2", 10, "SHA256withECDSA");
        add("1.2.840.10045.4.3.3", 11, "SHA384withECDSA");
        add("1.2.840.10045.4.3.4", 12, "SHA512withECDSA");
        add("1.3.101.112", 16, "Ed25519");
    }

    private static void add(String oid, int number, String name) {
        KNOWN.put(oid, new SignatureAlgorithm(number, name));
    }

    /// @param identifier AlgorithmIdentifier
    static SignatureAlgorithm parse(Der identifier) {
        Der.Reader fields = identifier.values();
        String oid = fields.next(Der.OID).oidText();
        SignatureAlgorithm known = KNOWN.get(oid);
        if (known != null) {
            return known;
        }
        Der parameters = oid.equals(PSS) ? fields.nextIf(Der.SEQUENCE) : null;
        Der digest = parameters == null ? null : parameters.values().nextIf(Der.context(0));
        if (digest == null) {
            return new SignatureAlgorithm(0, "");
        }
        String digestOid = digest.values().next(Der.SEQUENCE).values().next(Der.OID).oidText();
        return switch (digestOid) {
            case "2.16.840.1.101.3.4.2.1" -> new SignatureAlgorithm(13, "SHA-256");
            case "2.16.840.1.101.3.4.2.2" -> new SignatureAlgorithm(14, "SHA-384");
            case "2.16.840.1.101.3.4.2.3" -> new SignatureAlgorithm(15, "SHA-512");
            default -> new SignatureAlgorithm(0, "");
        };
    }

    boolean verify(PublicKey key, byte[] text, byte[] signature) {
        if (name.isEmpty()) {
            return false;
        }
        if (number >= 13 && number <= 15) {
            return key instanceof RSAPublicKey rsa
                    && Signatures.isProbabilistic(rsa, name, text, signature);
        }
        try {
            return Signatures.verify(name, key, text, signature);
        } catch (GeneralSecurityException e) {
            // Malformed, or the key is of another kind: not signed by it.
            return false;
        }
    }
}
