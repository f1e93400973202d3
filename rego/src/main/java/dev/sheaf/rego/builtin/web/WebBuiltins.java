package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;

import java.util.List;
import java.util.stream.Stream;

/// All functions of this package.
public final class WebBuiltins {
    private WebBuiltins() {}

    public static List<Builtin> all() {
        return Stream.of(
                        NetworkBuiltins.all(),
                        DigestBuiltins.all(),
                        CertificateBuiltins.all(),
                        KeyBuiltins.all(),
                        TokenBuiltins.all(),
                        TokenSigningBuiltins.all(),
                        SchemaBuiltins.all(),
                        GraphqlBuiltins.all(),
                        HttpBuiltins.all(),
                        SigningBuiltins.all(),
                        TemplateBuiltins.all())
                .flatMap(List::stream)
                .toList();
    }
}
