package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Surroundings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds a way from a certificate to a trusted one (RFC 5280, 6, as Go walks it): every one on the
/// way is signed by the next, valid at the time, allowed to sign, and keeps the limits of those
/// above it. Revocation is not looked at.
///
/// @param purposes numbers of purposes of which the way must allow one
/// @param dnsName what the certificate must be for; empty when it does not matter
record CertificateChain(
        Certificate root,
        List<Certificate> intermediates,
        Instant time,
        Set<Integer> purposes,
        String dnsName) {
    private static final int ANY_PURPOSE = 0;
    private static final int SERVER_PURPOSE = 1;

    /// How many signatures are checked at most.
    private static final int CHECKS_MAX = 100;

    /// @param leaf what is to be trusted
    /// @return from the leaf to the root; empty when there is no way
    Optional<List<Certificate>> find(Certificate leaf, Surroundings surroundings) {
        Search search = new Search(surroundings);
        List<Certificate> way = new ArrayList<>(List.of(leaf));
        if (!isUsable(leaf, way) || !dnsName.isEmpty() && !HostNames.matches(leaf, dnsName)) {
            return Optional.empty();
        }
        if (leaf.isSame(root)) {
            return allowsPurpose(way) ? Optional.of(way) : Optional.empty();
        }
        return search.extend(way) ? Optional.of(way) : Optional.empty();
    }

    private final class Search {
        private final Surroundings surroundings;
        private int checks;

        Search(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        /// Grows the way until it ends in the root; as it was when there is none.
        boolean extend(List<Certificate> way) {
            Certificate last = way.getLast();
            if (isNext(root, way) && isAuthority(root, way)) {
                way.add(root);
                if (allowsPurpose(way)) {
                    return true;
                }
                way.removeLast();
            }
            for (Certificate issuer : ordered(last)) {
                if (isNext(issuer, way) && isAuthority(issuer, way)) {
                    way.add(issuer);
                    if (extend(way)) {
                        return true;
                    }
                    way.removeLast();
                }
            }
            return false;
        }

        private boolean isNext(Certificate issuer, List<Certificate> way) {
            Certificate last = way.getLast();
            if (!issuer.subject().isSame(last.issuer())
                    || way.stream().anyMatch(issuer::isSame)
                    || checks >= CHECKS_MAX) {
                return false;
            }
            checks++;
            surroundings.work(100);
            return issuer.signed(last) && isUsable(issuer, way);
        }

        /// Those whose key is the one that the certificate says come first.
        private List<Certificate> ordered(Certificate last) {
            List<Certificate> ordered = new ArrayList<>(intermediates);
            ordered.sort((left, right) ->
                    Boolean.compare(
                            last.use().isSameKeyId(right.use()),
                            last.use().isSameKeyId(left.use())));
            return ordered;
        }
    }

    /// By itself, and above those on the way.
    private boolean isUsable(Certificate certificate, List<Certificate> way) {
        return certificate.use().notUnderstood.isEmpty()
                && !time.isBefore(certificate.notBefore())
                && !time.isAfter(certificate.notAfter())
                && way.stream()
                        .filter(below -> below != certificate)
                        .allMatch(below -> certificate.use().constraints.allows(below.use().names));
    }

    private static boolean isAuthority(Certificate issuer, List<Certificate> way) {
        CertificateUse use = issuer.use();
        boolean mayIssue =
                issuer.version() < 3 && !use.hasBasicConstraints
                        || use.hasBasicConstraints && use.isAuthority;
        return mayIssue
                && (!use.hasBasicConstraints
                        || use.pathLengthMax < 0
                        || way.size() - 1 <= use.pathLengthMax);
    }

    /// Whether a purpose is left that all of the way allow.
    private boolean allowsPurpose(List<Certificate> way) {
        Set<Integer> left = new HashSet<>(purposes);
        if (left.isEmpty()) {
            left.add(SERVER_PURPOSE);
        }
        if (left.contains(ANY_PURPOSE)) {
            return true;
        }
        for (Certificate certificate : way.reversed()) {
            CertificateUse use = certificate.use();
            boolean isOpen = use.purposes.isEmpty() && use.otherPurposes.isEmpty();
            if (!isOpen && !use.purposes.contains(ANY_PURPOSE)) {
                left.retainAll(use.purposes);
            }
        }
        return !left.isEmpty();
    }

    /// Host names in certificates (RFC 6125).
    private static final class HostNames {
        private HostNames() {}

        static boolean matches(Certificate certificate, String host) {
            AlternativeNames names = certificate.use().names;
            String literal =
                    host.startsWith("[") && host.endsWith("]")
                            ? host.substring(1, host.length() - 1)
                            : host;
            IpAddress address = IpAddress.parse(literal);
            if (address != null) {
                return names.addresses().contains(address);
            }
            String wanted = host.toLowerCase(Locale.ROOT);
            return names.dnsNames().stream()
                    .anyMatch(name -> isName(name.toLowerCase(Locale.ROOT), wanted));
        }

        private static boolean isName(String pattern, String host) {
            String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            if (name.isEmpty() || pattern.isEmpty()) {
                return false;
            }
            String[] patternLabels = pattern.split("\\.", -1);
            String[] labels = name.split("\\.", -1);
            if (labels.length != patternLabels.length) {
                return false;
            }
            for (int i = 0; i < labels.length; i++) {
                boolean isWildcard = i == 0 && patternLabels[0].equals("*") && labels.length > 1;
                if (labels[i].isEmpty() || !isWildcard && !labels[i].equals(patternLabels[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
