package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.StringValue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// By whom a bundle must be signed. Immutable.
///
/// @param keys by their ids
/// @param keyId of the key that must have signed; when it is empty, the signature names one of
///   `keys`
/// @param scope what the signature must be for; when it is empty, that of the key, or none
public record Verification(
        Map<String, VerificationKey> keys, Optional<String> keyId, Optional<String> scope) {
    public Verification {
        keys = Map.copyOf(keys);
    }

    /// With the key that the signature names, and its scope.
    public static Verification by(Map<String, VerificationKey> keys) {
        return new Verification(keys, Optional.empty(), Optional.empty());
    }

    public Verification withKeyId(String required) {
        return new Verification(keys, Optional.of(required), scope);
    }

    public Verification withScope(String required) {
        return new Verification(keys, keyId, Optional.of(required));
    }

    /// @throws Problem UNAUTHENTICATED when the files are not exactly those that were signed
    void require(List<BundleFile> files) {
        Token token = Token.parse(tokenText(files));
        VerificationKey key = key(token);
        String algorithm = Token.text(token.header(), "alg");
        if (!algorithm.equals(key.scheme().name())) {
            throw Faults.untrusted(
                    "algorithm",
                    "it is signed as " + algorithm + ", and the key is for " + key.scheme());
        }
        if (token.header().get("crit") != null) {
            throw Faults.untrusted("algorithm", "its header has extensions that are not known");
        }
        if (!key.verifies(Token.utf8(token.signed()), token.signatureBytes())) {
            throw Faults.untrusted(
                    "signature", "it was not made with the key that it names, or changed since");
        }
        requireScope(key, Token.text(token.payload(), "scope"));
        SignedFiles.read(token.payload()).requireSame(files);
    }

    private static String tokenText(List<BundleFile> files) {
        BundleFile file =
                files.stream()
                        .filter(each -> each.name().equals(BundleFile.SIGNATURES))
                        .findFirst()
                        .orElseThrow(() ->
                                Faults.untrusted(
                                        "missing",
                                        "there is no "
                                                + BundleFile.SIGNATURES
                                                + "; have the bundle signed"));
        if (JsonFile.object(file).get("signatures") instanceof ArrayValue tokens
                && tokens.size() == 1
                && tokens.get(0) instanceof StringValue token) {
            return token.value();
        }
        throw Faults.untrusted(
                "malformed",
                BundleFile.SIGNATURES + " should hold one token in its list \"signatures\"");
    }

    private VerificationKey key(Token token) {
        String inHeader = Token.text(token.header(), "kid");
        String named = inHeader.isEmpty() ? Token.text(token.payload(), "keyid") : inHeader;
        String wanted = keyId.orElse(named);
        VerificationKey key = keys.get(wanted);
        if (key == null) {
            String which = wanted.isEmpty() ? "no key" : "the key \"" + wanted + "\"";
            throw Faults.untrusted(
                    "unknown-key",
                    "it names "
                            + which
                            + "; known are "
                            + keys.keySet().stream().sorted().toList());
        }
        return key;
    }

    private void requireScope(VerificationKey key, String signedFor) {
        String wanted = scope.or(key::scope).orElse("");
        if (!wanted.equals(signedFor)) {
            throw Faults.untrusted(
                    "scope",
                    "it is for the scope \""
                            + signedFor
                            + "\", and should be for \""
                            + wanted
                            + "\"");
        }
    }
}
