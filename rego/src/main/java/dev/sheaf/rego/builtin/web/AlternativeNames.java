package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a certificate, or a request for one, names its subject besides the distinguished name (RFC
/// 5280, 4.2.1.6).
record AlternativeNames(
        List<String> dnsNames, List<String> emails, List<IpAddress> addresses, List<String> uris) {
    static final String EXTENSION = "2.5.29.17";

    static final AlternativeNames NONE =
            new AlternativeNames(List.of(), List.of(), List.of(), List.of());

    static AlternativeNames parse(byte[] extension) {
        AlternativeNames names =
                new AlternativeNames(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Der.Reader reader = Der.only(extension, Der.SEQUENCE).values();
        while (reader.hasNext()) {
            Der name = reader.next();
            switch (name.tag()) {
                case 0x81 -> names.emails.add(name.text());
                case 0x82 -> names.dnsNames.add(name.text());
                case 0x86 -> names.uris.add(checked(name.text()));
                case 0x87 -> names.addresses.add(address(name.content()));
                default -> {}
            }
        }
        return names;
    }

    private static IpAddress address(byte[] bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw BuiltinFault.of("x509: cannot parse IP address of length %d", bytes.length);
        }
        return IpAddress.of(bytes);
    }

    private static String checked(String uri) {
        try {
            new URI(uri).getHost();
            return uri;
        } catch (URISyntaxException e) {
            throw BuiltinFault.of("x509: cannot parse URI \"%s\": %s", uri, e.getReason());
        }
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    /// Adds its fields as Go's JSON shows them.
    void write(ObjectValue.Builder json) {
        json.put("DNSNames", texts(dnsNames));
        json.put("EmailAddresses", texts(emails));
        json.put("IPAddresses", list(addresses, ip -> StringValue.of(ip.toString())));
        json.put("URIs", list(uris, AlternativeNames::uri));
    }

    static Value texts(List<String> texts) {
        return list(texts, StringValue::of);
    }

    /// Nothing is null, as Go's JSON has it.
    static <T> Value list(List<T> items, Function<T, Value> json) {
        return items.isEmpty() ? NullValue.NULL : ArrayValue.of(items.stream().map(json).toList());
    }

    private static Value uri(String text) {
        URI uri = URI.create(text);
        String query = uri.getRawQuery();
        String path = uri.getPath();
        boolean isPathPlain = path == null || path.equals(uri.getRawPath());
        return new ObjectValue.Builder()
                .put("Scheme", some(uri.getScheme()))
                .put("Opaque", some(uri.isOpaque() ? uri.getRawSchemeSpecificPart() : null))
                .put("User", uri.getRawUserInfo() == null ? NullValue.NULL : ObjectValue.EMPTY)
                .put("Host", some(host(uri)))
                .put("Path", some(path))
                .put("RawPath", some(isPathPlain ? null : uri.getRawPath()))
                .put("OmitHost", BooleanValue.FALSE)
                .put("ForceQuery", BooleanValue.of("".equals(query)))
                .put("RawQuery", some(query))
                .put("Fragment", some(uri.getFragment()))
                .put("RawFragment", StringValue.EMPTY)
                .build();
    }

    private static String host(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            return "";
        }
        return authority.substring(authority.indexOf('@') + 1);
    }

    private static StringValue some(@Nullable String text) {
        return text == null ? StringValue.EMPTY : StringValue.of(text);
    }
}
