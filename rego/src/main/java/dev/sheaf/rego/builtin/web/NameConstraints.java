package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

/// Which names the certificates below one may have (RFC 5280, 4.2.1.10).
///
/// @param isCritical whether it must be understood
record NameConstraints(boolean isCritical, Trees permitted, Trees excluded) {
    static final NameConstraints NONE = new NameConstraints(false, Trees.create(), Trees.create());

    /// Parts of the name spaces.
    record Trees(
            List<String> dnsDomains,
            List<Range> addresses,
            List<String> emails,
            List<String> uriDomains) {
        static Trees create() {
            return new Trees(
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /// @param bytes an address, then a mask of the same length
    record Range(byte[] bytes) {
        boolean has(IpAddress address) {
            int length = bytes.length / 2;
            if (address.isFour() != (length == 4)) {
                return false;
            }
            IpAddress base = IpAddress.of(Arrays.copyOf(bytes, length));
            IpAddress mask = IpAddress.of(Arrays.copyOfRange(bytes, length, bytes.length));
            return ((base.high() ^ address.high()) & mask.high()) == 0
                    && ((base.low() ^ address.low()) & mask.low()) == 0;
        }

        Value json() {
            int length = bytes.length / 2;
            byte[] mask = Arrays.copyOfRange(bytes, length, bytes.length);
            IpAddress base = IpAddress.of(Arrays.copyOf(bytes, length));
            return new ObjectValue.Builder()
                    .put("IP", StringValue.of(base.toString()))
                    .put("Mask", StringValue.of(GoBase64.encode(mask)))
                    .build();
        }
    }

    static NameConstraints parse(CertificateExtension extension) {
        Der.Reader fields = Der.only(extension.value(), Der.SEQUENCE).values();
        Trees permitted = Trees.create();
        Trees excluded = Trees.create();
        read(fields.nextIf(Der.context(0)), permitted);
        read(fields.nextIf(Der.context(1)), excluded);
        return new NameConstraints(extension.isCritical(), permitted, excluded);
    }

    private static void read(@Nullable Der subtrees, Trees trees) {
        if (subtrees == null) {
            return;
        }
        for (Der.Reader items = subtrees.values(); items.hasNext(); ) {
            Der base = items.next(Der.SEQUENCE).values().next();
            switch (base.tag()) {
                case 0x81 -> trees.emails.add(base.text());
                case 0x82 -> trees.dnsDomains.add(base.text());
                case 0x86 -> trees.uriDomains.add(base.text());
                case 0x87 -> {
                    byte[] bytes = base.content();
                    if (bytes.length != 8 && bytes.length != 32) {
                        throw BuiltinFault.of(
                                "x509: IP constraint contained value of length %d", bytes.length);
                    }
                    trees.addresses.add(new Range(bytes));
                }
                default -> {}
            }
        }
    }

    /// Whether all the names may be.
    boolean allows(AlternativeNames names) {
        return allows(
                        names.dnsNames(),
                        permitted.dnsDomains,
                        excluded.dnsDomains,
                        NameConstraints::isInDomain)
                && allows(
                        names.addresses(),
                        permitted.addresses,
                        excluded.addresses,
                        (address, range) -> range.has(address))
                && allows(
                        names.emails(),
                        permitted.emails,
                        excluded.emails,
                        NameConstraints::isMailbox)
                && allows(
                        names.uris(),
                        permitted.uriDomains,
                        excluded.uriDomains,
                        NameConstraints::isUriInDomain);
    }

    private static <N, C> boolean allows(
            List<N> names, List<C> permitted, List<C> excluded, BiPredicate<N, C> isIn) {
        for (N name : names) {
            if (excluded.stream().anyMatch(tree -> isIn.test(name, tree))
                    || !permitted.isEmpty()
                            && permitted.stream().noneMatch(tree -> isIn.test(name, tree))) {
                return false;
            }
        }
        return true;
    }

    /// `a.example.org` is in `example.org` and in `.example.org`.
    private static boolean isInDomain(String name, String domain) {
        String host = name.toLowerCase(Locale.ROOT);
        String base = domain.toLowerCase(Locale.ROOT);
        if (base.isEmpty()) {
            return true;
        }
        return base.startsWith(".")
                ? host.endsWith(base)
                : host.equals(base) || host.endsWith("." + base);
    }

    private static boolean isMailbox(String mailbox, String constraint) {
        int at = mailbox.lastIndexOf('@');
        if (constraint.indexOf('@') >= 0) {
            int constraintAt = constraint.lastIndexOf('@');
            return at == constraintAt
                    && mailbox.substring(0, at).equals(constraint.substring(0, at))
                    && mailbox.substring(at).equalsIgnoreCase(constraint.substring(at));
        }
        String host = mailbox.substring(at + 1);
        return constraint.startsWith(".")
                ? isInDomain(host, constraint)
                : host.equalsIgnoreCase(constraint);
    }

    private static boolean isUriInDomain(String uri, String constraint) {
        String host = URI.create(uri).getHost();
        if (host == null || IpAddress.parse(host) != null || host.startsWith("[")) {
            return false;
        }
        return constraint.startsWith(".")
                ? isInDomain(host, constraint)
                : host.equalsIgnoreCase(constraint);
    }

    /// Adds its fields as Go's JSON shows them.
    void write(ObjectValue.Builder json) {
        json.put("PermittedDNSDomainsCritical", BooleanValue.of(isCritical));
        write(json, "Permitted", permitted);
        write(json, "Excluded", excluded);
    }

    private static void write(ObjectValue.Builder json, String prefix, Trees trees) {
        json.put(prefix + "DNSDomains", AlternativeNames.texts(trees.dnsDomains));
        json.put(prefix + "IPRanges", AlternativeNames.list(trees.addresses, Range::json));
        json.put(prefix + "EmailAddresses", AlternativeNames.texts(trees.emails));
        json.put(prefix + "URIDomains", AlternativeNames.texts(trees.uriDomains));
    }
}
