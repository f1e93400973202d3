package dev.sheaf.node.pki;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// A region of a mesh, as certificates name it: a subject alternative name of type URI,
/// `sheaf://MESH/CLOUD/LOCATION` (RFC 5280, section 4.2.1.6).
public record MeshMember(String mesh, RegionName region) {
    private static final Pattern MESH = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String SCHEME = "sheaf://";
    private static final int URI_NAME = 6;

    public MeshMember {
        if (!MESH.matcher(mesh).matches()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a mesh's name has lower-case letters, digits and hyphens, 63 at most");
        }
    }

    /// The name in certificates.
    public String uri() {
        return SCHEME + mesh + "/" + region;
    }

    /// @throws CertificateException when the certificate names none, or several
    public static MeshMember of(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        List<String> members = new ArrayList<>();
        if (names != null) {
            for (List<?> name : names) {
                if (Integer.valueOf(URI_NAME).equals(name.get(0))
                        && name.get(1) instanceof String uri
                        && uri.startsWith(SCHEME)) {
                    members.add(uri);
                }
            }
        }
        if (members.size() != 1) {
            throw new CertificateException(
                    "the certificate names " + members.size() + " members of a mesh, not one");
        }
        return parse(members.getFirst());
    }

    private static MeshMember parse(String uri) throws CertificateException {
        String text = uri.substring(SCHEME.length());
        int slash = text.indexOf('/');
        try {
            return new MeshMember(
                    slash < 0 ? text : text.substring(0, slash),
                    RegionName.parse(slash < 0 ? "" : text.substring(slash + 1)));
        } catch (Problem e) {
            throw new CertificateException(
                    "the certificate's name is not of the form sheaf://MESH/CLOUD/LOCATION", e);
        }
    }
}
