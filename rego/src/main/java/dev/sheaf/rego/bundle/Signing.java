package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.Optional;

/// With what a bundle is signed. Immutable; does not show its key.
public final class Signing {
    private final String keyId;
    private final SignatureScheme scheme;
    private final Key key;
    private final Optional<String> scope;

    private Signing(String keyId, SignatureScheme scheme, Key key, Optional<String> scope) {
        this.keyId = keyId;
        this.scheme = scheme;
        this.key = key;
        this.scope = scope;
    }

    /// @param keyId by which readers find the key to verify with
    /// @param text a private key in PEM that is not encrypted; for `HS…` the secret itself
    /// @throws Problem INVALID_CONFIGURATION when it is no key for this scheme
    public static Signing of(String keyId, SignatureScheme scheme, String text) {
        return new Signing(keyId, scheme, KeyText.privateKey(scheme, text), Optional.empty());
    }

    /// @param signedFor what readers must ask for
    public Signing withScope(String signedFor) {
        return new Signing(keyId, scheme, key, Optional.of(signedFor));
    }

    /// The file `.signatures.json` for these files.
    BundleFile sign(List<BundleFile> files) {
        ObjectValue header =
                new ObjectValue.Builder()
                        .put("alg", StringValue.of(scheme.name()))
                        .put("kid", StringValue.of(keyId))
                        .build();
        ObjectValue.Builder payload = new ObjectValue.Builder();
        payload.put("files", SignedFiles.write(files));
        payload.put("keyid", StringValue.of(keyId));
        scope.ifPresent(signedFor -> payload.put("scope", StringValue.of(signedFor)));
        String signed = Token.part(header) + "." + Token.part(payload.build());
        ObjectValue.Builder file = new ObjectValue.Builder();
        file.put(
                "signatures",
                ArrayValue.of(StringValue.of(signed + "." + Token.part(signature(signed)))));
        return BundleFile.ofText(BundleFile.SIGNATURES, JsonValues.text(file.build()));
    }

    private byte[] signature(String signed) {
        try {
            return scheme.sign(key, Token.utf8(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checked key that does not sign", e);
        }
    }
}
